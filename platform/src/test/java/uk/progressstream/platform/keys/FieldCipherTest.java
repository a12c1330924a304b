package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FieldCipherTest {
  private static final UUID SCHOOL = UUID.randomUUID();
  private static final UUID ROW = UUID.randomUUID();

  private final FieldCipher cipher = TestKeys.cipher(SCHOOL);

  FieldCipherTest() throws Exception {}

  @Property(tries = 200)
  void opensWhatItSealed(@ForAll byte[] plain) {
    assertThat(cipher.open("fields", ROW, cipher.seal("fields", ROW, plain))).isEqualTo(plain);
  }

  @Property(tries = 200)
  void sealsTheSameValueDifferentlyEachTime(@ForAll byte[] plain) {
    assertThat(cipher.seal("fields", ROW, plain)).isNotEqualTo(cipher.seal("fields", ROW, plain));
  }

  @Property(tries = 200)
  void refusesAnAlteredValue(
      @ForAll @Size(max = 40) byte[] plain, @ForAll @IntRange(min = 0, max = 1000) int at) {
    byte[] sealed = cipher.seal("fields", ROW, plain);
    sealed[at % sealed.length] ^= 1;

    assertThatThrownBy(() -> cipher.open("fields", ROW, sealed))
        .isInstanceOf(KeyUnavailableException.class);
  }

  @Property(tries = 20)
  void refusesAValueMovedToAnotherColumnOrRow(@ForAll byte[] plain) {
    byte[] sealed = cipher.seal("fields", ROW, plain);

    assertThatThrownBy(() -> cipher.open("other", ROW, sealed))
        .isInstanceOf(KeyUnavailableException.class);
    assertThatThrownBy(() -> cipher.open("fields", UUID.randomUUID(), sealed))
        .isInstanceOf(KeyUnavailableException.class);
  }

  @Property(tries = 5)
  void refusesAValueOfAnotherSchool(@ForAll byte[] plain) throws Exception {
    byte[] sealed = cipher.seal("fields", ROW, plain);

    assertThatThrownBy(() -> TestKeys.cipher(UUID.randomUUID()).open("fields", ROW, sealed))
        .isInstanceOf(KeyUnavailableException.class);
  }

  @Property(tries = 5)
  void refusesAValueOfAnotherSchoolOrPurposeUnderTheVerySameKey(@ForAll byte[] plain)
      throws Exception {
    Aead key =
        KeysetHandle.generateNew(KeyKind.SEALING.parameters())
            .getPrimitive(RegistryConfiguration.get(), Aead.class);
    FieldCipher own = new FieldCipher(new KeyName(SCHOOL, TestKeys.SEALED), key);
    FieldCipher ofSchool = new FieldCipher(new KeyName(UUID.randomUUID(), TestKeys.SEALED), key);
    FieldCipher ofPurpose = new FieldCipher(new KeyName(SCHOOL, KeyPurpose.sealing("else")), key);
    byte[] sealed = own.seal("fields", ROW, plain);

    assertThat(own.open("fields", ROW, sealed)).isEqualTo(plain);
    assertThatThrownBy(() -> ofSchool.open("fields", ROW, sealed))
        .isInstanceOf(KeyUnavailableException.class);
    assertThatThrownBy(() -> ofPurpose.open("fields", ROW, sealed))
        .isInstanceOf(KeyUnavailableException.class);
  }
}
