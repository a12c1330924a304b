package uk.progressstream.system.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer as it came.
 *
 * @param status HTTP status
 * @param headers by their names in lower case
 * @param body without its framing
 * @param interim statuses that came before, such as 100
 */
public record Reply(
    int status, Map<String, List<String>> headers, byte[] body, List<Integer> interim) {
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Type and subtype. */
  public String mediaType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether the server says that it is the connection's last. */
  public boolean isLast() {
    return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  @Override
  public String toString() {
    String text = text();
    return status + " " + headers + " " + text.substring(0, Math.min(300, text.length()));
  }
}
