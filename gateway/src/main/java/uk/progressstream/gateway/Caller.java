package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Who a place is counted for.
 *
 * @param address IPv4 address, or the first 64 bits of an IPv6 address: whoever has one address of
 *     such a network has all
 * @param account the subject that a token claims, at this address
 * @param expires when the token says that it ends, in seconds since 1970; 0 where it does not say
 */
record Caller(String address, String account, long expires) {
  private static final int NETWORK_BYTES = 8;
  private static final int TOKEN_PARTS = 3;

  /** Its case does not matter (RFC 9110, 11.1). */
  private static final String BEARER = "Bearer ";

  /**
   * Of a request; its token is not verified here, so that its subject counts at its address alone.
   */
  static Caller of(HttpServerRequest request) {
    String address = network(request.remoteAddress());
    JsonObject claims = claims(request.getHeader("Authorization"));
    String subject = claims.getValue("sub") instanceof String text ? text : "";
    long expires = claims.getValue("exp") instanceof Number seconds ? seconds.longValue() : 0;
    return new Caller(address, address + " " + subject, expires);
  }

  /** The part of an address that is counted, as an address whose other part is 0. */
  static String network(SocketAddress remote) {
    String text = remote.hostAddress().replaceFirst("%.*", "");
    try {
      InetAddress address = InetAddress.getByName(text);
      return address instanceof Inet6Address
          ? network(address.getAddress())
          : address.getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }

  private static String network(byte[] address) throws UnknownHostException {
    Arrays.fill(address, NETWORK_BYTES, address.length, (byte) 0);
    return InetAddress.getByAddress(address).getHostAddress();
  }

  /** What a token claims; empty where there is none that can be read. */
  private static JsonObject claims(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new JsonObject();
    }
    String[] parts = authorization.substring(BEARER.length()).split("\\.", -1);
    if (parts.length != TOKEN_PARTS) {
      return new JsonObject();
    }
    try {
      return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1])));
    } catch (IllegalArgumentException | DecodeException e) {
      return new JsonObject();
    }
  }
}
