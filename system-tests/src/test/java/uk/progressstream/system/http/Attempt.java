package uk.progressstream.system.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import uk.progressstream.system.document.Prepared;

/**
 * A request as its bytes are sent, right or wrong.
 *
 * @param method whatever stands in its place
 * @param target path and query, as they are sent
 * @param version such as 1.1
 * @param headers one a line
 * @param body empty for none
 */
public record Attempt(
    String method,
    String target,
    String version,
    List<Map.Entry<String, String>> headers,
    byte[] body) {

  /** An example, by somebody. */
  public static Attempt of(Prepared example, Optional<String> token) {
    List<Map.Entry<String, String>> headers = new ArrayList<>(example.headers().entrySet());
    token.ifPresent(text -> headers.add(Map.entry("Authorization", "Bearer " + text)));
    return new Attempt(
        example.method(),
        example.target(),
        "1.1",
        List.copyOf(headers),
        example.body().getBytes(StandardCharsets.UTF_8));
  }

  public Attempt method(String other) {
    return new Attempt(other, target, version, headers, body);
  }

  public Attempt target(String other) {
    return new Attempt(method, other, version, headers, body);
  }

  public Attempt version(String other) {
    return new Attempt(method, target, other, headers, body);
  }

  /** One header more. */
  public Attempt with(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(name, value));
    return new Attempt(method, target, version, List.copyOf(more), body);
  }

  public Attempt without(String name) {
    return new Attempt(
        method,
        target,
        version,
        headers.stream().filter(header -> !header.getKey().equalsIgnoreCase(name)).toList(),
        body);
  }

  public Attempt body(byte[] other) {
    return new Attempt(method, target, version, headers, other);
  }

  public Attempt body(String other) {
    return body(other.getBytes(StandardCharsets.UTF_8));
  }

  /** With one query parameter in place of what it was. */
  public Attempt query(String name, String encoded) {
    String[] parts = target.split("\\?", 2);
    String others =
        parts.length == 1
            ? ""
            : Arrays.stream(parts[1].split("&", -1))
                .filter(part -> !part.startsWith(name + "="))
                .map(part -> part + "&")
                .reduce("", String::concat);
    return target(parts[0] + "?" + others + name + "=" + encoded);
  }

  boolean has(String header) {
    return headers.stream().anyMatch(each -> each.getKey().equalsIgnoreCase(header));
  }

  /** The head, and that much of the body. */
  byte[] bytes(boolean withBody) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/").append(version).append("\r\n");
    head.append("Host: localhost\r\n");
    headers.forEach(
        header ->
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n"));
    boolean framed = has("Transfer-Encoding") || has("Content-Length");
    if (!framed && (body.length > 0 || List.of("POST", "PUT").contains(method))) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (withBody) {
      out.writeBytes(has("Transfer-Encoding") ? chunked(body) : body);
    }
    return out.toByteArray();
  }

  private static byte[] chunked(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int chunk = 8192;
    for (int at = 0; at < body.length; at += chunk) {
      int length = Math.min(chunk, body.length - at);
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, at, length);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** The same by hand, without the token. */
  public String asCurl(String account) {
    StringBuilder curl = new StringBuilder("curl -X " + method);
    headers.stream()
        .filter(header -> !header.getKey().equals("Authorization"))
        .forEach(
            header ->
                curl.append(" -H '")
                    .append(header.getKey())
                    .append(": ")
                    .append(header.getValue())
                    .append('\''));
    if (body.length > 0) {
      String text = new String(body, StandardCharsets.UTF_8).replace("'", "'\\''");
      curl.append(" --data-binary '").append(text, 0, Math.min(text.length(), 1000)).append('\'');
    }
    return curl.append(" 'https://…")
        .append(target)
        .append("' # as ")
        .append(account.toLowerCase(Locale.ROOT))
        .toString();
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
