package uk.progressstream.platform.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyWrapperTest {
  @TempDir Path folder;

  private final KeyName name = new KeyName(UUID.randomUUID(), TestKeys.SEALED);
  private KeyWrapper wrapper;

  @BeforeEach
  void open() throws Exception {
    wrapper = TestKeys.wrapper(folder);
  }

  @Test
  void aWrappedKeyOpensToTheSameKeyAgain() {
    byte[] wrapped = wrapper.wrapNew(name);
    FieldCipher first = (FieldCipher) wrapper.unwrap(name, wrapped);
    FieldCipher second = (FieldCipher) wrapper.unwrap(name, wrapped);
    UUID row = UUID.randomUUID();

    assertThat(second.open("fields", row, first.seal("fields", row, new byte[] {7})))
        .containsExactly(7);
  }

  @Test
  @DisplayName("a wrapped key copied to another school or purpose does not open there")
  void aWrappedKeyStaysWhereItBelongs() {
    byte[] wrapped = wrapper.wrapNew(name);
    KeyName otherSchool = new KeyName(UUID.randomUUID(), name.purpose());
    wrapper.wrapNew(otherSchool);
    KeyName otherPurpose = new KeyName(name.school(), KeyPurpose.sealing("else"));

    assertRefused(otherSchool, wrapped);
    assertRefused(otherPurpose, wrapped);
  }

  @Test
  @DisplayName(
      "not even a school that was given a copy of the other's key file can use its data keys")
  void aCopiedKeyFileDoesNotOpenAnotherSchoolsDataKey() throws Exception {
    byte[] wrapped = wrapper.wrapNew(name);
    KeyName other = new KeyName(UUID.randomUUID(), name.purpose());
    Files.copy(
        folder.resolve(name.school() + ".json"),
        folder.resolve(other.school() + ".json"),
        StandardCopyOption.COPY_ATTRIBUTES);

    assertRefused(other, wrapped);
  }

  @Test
  void withoutTheSchoolsKeyNothingOpens() throws Exception {
    byte[] wrapped = wrapper.wrapNew(name);
    Files.delete(folder.resolve(name.school() + ".json"));

    assertRefused(name, wrapped);
  }

  @Test
  void whatIsNotAWrappedKeyIsRefused() {
    wrapper.wrapNew(name);

    assertRefused(name, new byte[0]);
    assertRefused(name, new byte[] {1, 2, 3});
  }

  @Test
  void neitherKeysNorTheirFailuresPrintASecret() {
    byte[] wrapped = wrapper.wrapNew(name);

    assertThat(wrapper.unwrap(name, wrapped))
        .hasToString("FieldCipher[" + name + "]")
        .asString()
        .contains(name.school().toString(), "secret");
    KeyName hashing = new KeyName(name.school(), TestKeys.HASHED);
    assertThat(wrapper.unwrap(hashing, wrapper.wrapNew(hashing)))
        .hasToString("KeyedHash[" + hashing + "]");
  }

  private void assertRefused(KeyName as, byte[] wrapped) {
    assertThatThrownBy(() -> wrapper.unwrap(as, wrapped))
        .isInstanceOf(KeyUnavailableException.class)
        .hasMessage("cannot open a data key");
  }
}
