package uk.progressstream.platform.edge;

import java.util.Arrays;

/** Entity tags in conditions (RFC 9110, 8.8.3 and 13.1). */
public final class EntityTags {
  private static final String WEAK = "W/";

  private EntityTags() {}

  /** Whether {@code If-Match} holds for a thing that is there and has this tag. */
  public static boolean ifMatch(String field, String current) {
    return holds(field, current);
  }

  /** Whether {@code If-None-Match} names what the asker would be given again. */
  static boolean known(String field, String current) {
    return holds(field.replace(WEAK, ""), current.replace(WEAK, ""));
  }

  private static boolean holds(String field, String current) {
    return field.strip().equals("*")
        || Arrays.stream(field.split(",", -1)).map(String::strip).anyMatch(current::equals);
  }
}
