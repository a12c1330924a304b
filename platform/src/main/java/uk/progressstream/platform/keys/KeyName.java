package uk.progressstream.platform.keys;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which data key: the associated data of everything that is wrapped, sealed or hashed under it. */
record KeyName(UUID school, KeyPurpose purpose) {
  private static final String VERSION = "ps1";
  private static final Pattern COLUMN = Pattern.compile("[a-z][a-z_]{0,62}");

  /** Binds a wrapped key to its school and purpose. */
  byte[] asWrapped() {
    return bytes("data-key", "-", null);
  }

  /**
   * Binds a value to its school, purpose, column and row. No part can hold the separator, so two
   * places never share their text.
   */
  byte[] asValue(String column, @Nullable UUID row) {
    if (!COLUMN.matcher(column).matches()) {
      throw new IllegalArgumentException("not the name of a column");
    }
    return bytes("value", column, row);
  }

  private byte[] bytes(String what, String column, @Nullable UUID row) {
    String rowText = row == null ? "-" : row.toString();
    return String.join("|", VERSION, what, school.toString(), purpose.name(), column, rowText)
        .getBytes(StandardCharsets.UTF_8);
  }
}
