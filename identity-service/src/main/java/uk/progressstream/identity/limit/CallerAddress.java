package uk.progressstream.identity.limit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as the gateway says. It drops what came from outside and adds the
 * address that it saw; each trusted proxy in front of it is one more entry from the right.
 */
public final class CallerAddress {
  /** The header. */
  public static final String HEADER = "X-Forwarded-For";

  private static final String UNKNOWN = "unknown";
  private static final int LENGTH_MAX = 64;

  private CallerAddress() {}

  /**
   * The address that the outermost trusted proxy saw. What can't be read is one address for all:
   * whoever hides shares a limit with all who do.
   */
  static String of(@Nullable String header, int trustedProxies) {
    if (header == null) {
      return UNKNOWN;
    }
    List<String> seen = List.of(header.split(",", -1));
    int index = seen.size() - 1 - trustedProxies;
    String address = index < 0 ? "" : seen.get(index).strip();
    return address.isEmpty() || address.length() > LENGTH_MAX ? UNKNOWN : address;
  }
}
