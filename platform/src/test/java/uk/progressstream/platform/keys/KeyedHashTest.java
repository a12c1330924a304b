package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeyedHashTest {
  private static final UUID SCHOOL = UUID.randomUUID();

  private final KeyedHash hash = TestKeys.hash(SCHOOL);

  KeyedHashTest() throws Exception {}

  @Property(tries = 200)
  void isAlikeForEqualValuesAndDiffersForOthers(@ForAll String one, @ForAll String other) {
    Assume.that(!Arrays.equals(utf8(one), utf8(other)));

    assertThat(hash.of("postcode", one)).hasSize(32).isEqualTo(hash.of("postcode", one));
    assertThat(hash.of("postcode", one)).isNotEqualTo(hash.of("postcode", other));
  }

  @Property(tries = 50)
  void differsByColumnAndByRow(@ForAll String value) {
    UUID row = UUID.randomUUID();

    assertThat(hash.of("postcode", value)).isNotEqualTo(hash.of("lookup", value));
    assertThat(hash.ofRow("postcode", row, utf8(value)))
        .isNotEqualTo(hash.of("postcode", value))
        .isNotEqualTo(hash.ofRow("postcode", UUID.randomUUID(), utf8(value)));
  }

  @Property(tries = 5)
  void differsBySchool(@ForAll String value) throws Exception {
    assertThat(TestKeys.hash(UUID.randomUUID()).of("postcode", value))
        .isNotEqualTo(hash.of("postcode", value));
  }

  @Example
  void takesNoColumnThatCouldPassForAnotherPlace() {
    assertThatThrownBy(() -> hash.of("postcode|-", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void differsBySchoolAndPurposeUnderTheVerySameKey() throws Exception {
    PrfSet key =
        KeysetHandle.generateNew(KeyKind.HASHING.parameters())
            .getPrimitive(RegistryConfiguration.get(), PrfSet.class);
    KeyedHash own = new KeyedHash(new KeyName(SCHOOL, TestKeys.HASHED), key);
    KeyedHash ofSchool = new KeyedHash(new KeyName(UUID.randomUUID(), TestKeys.HASHED), key);
    KeyedHash ofPurpose = new KeyedHash(new KeyName(SCHOOL, KeyPurpose.hashing("else")), key);

    assertThat(own.of("postcode", "x"))
        .isNotEqualTo(ofSchool.of("postcode", "x"))
        .isNotEqualTo(ofPurpose.of("postcode", "x"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
