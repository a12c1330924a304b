package uk.progressstream.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The OpenAPI document of all services, as the build put it together. */
final class ApiDocument {
  private static final String RESOURCE = "/openapi.json";
  private static final int NOT_MODIFIED = 304;

  private final Buffer text;
  private final String tag;

  private ApiDocument(byte[] text) {
    this.text = Buffer.buffer(text);
    this.tag = '"' + digest(text) + '"';
  }

  static ApiDocument ofTheBuild() {
    try (InputStream document = ApiDocument.class.getResourceAsStream(RESOURCE)) {
      return new ApiDocument(document == null ? new byte[0] : document.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not in a build that went no further than its tests. */
  boolean isThere() {
    return text.length() > 0;
  }

  /** Sets the head of its answer; the body that follows, which may be empty. */
  Buffer head(HttpServerRequest request) {
    HttpServerResponse response =
        request.response().putHeader("ETag", tag).putHeader("Cache-Control", "no-cache");
    if (isKnown(request.headers().getAll("If-None-Match"))) {
      response.setStatusCode(NOT_MODIFIED);
      return Buffer.buffer();
    }
    response
        .putHeader("Content-Type", "application/json")
        .putHeader("Content-Length", Integer.toString(text.length()));
    return request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : text;
  }

  /** RFC 9110, 13.1.2: any of a list, weak or strong; no comma is in our own tag. */
  private boolean isKnown(List<String> conditions) {
    return conditions.stream()
        .flatMap(condition -> Arrays.stream(condition.split(",", -1)))
        .map(String::strip)
        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }

  private static String digest(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
