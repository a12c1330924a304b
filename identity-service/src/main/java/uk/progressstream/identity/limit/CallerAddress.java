package uk.progressstream.identity.limit;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as the gateway says: one address, or the network of one. It drops
 * whatever came from outside.
 */
public final class CallerAddress {
  /** The header. */
  public static final String HEADER = "X-Forwarded-For";

  private static final String UNKNOWN = "unknown";
  private static final int LENGTH_MAX = 64;

  private CallerAddress() {}

  /** By which work for somebody without an account is counted. */
  public static UUID counted(@Nullable String header) {
    return UUID.nameUUIDFromBytes(of(header).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The address. What is none, or more than one, is the same for all: whoever hides shares a limit
   * with all who do.
   */
  static String of(@Nullable String header) {
    String address = header == null ? "" : header.strip();
    return address.isEmpty() || address.length() > LENGTH_MAX || address.indexOf(',') >= 0
        ? UNKNOWN
        : address;
  }
}
