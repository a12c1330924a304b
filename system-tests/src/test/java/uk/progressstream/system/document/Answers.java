package uk.progressstream.system.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads answers. */
public final class Answers {
  private static final JsonMapper JSON = new JsonMapper();

  private Answers() {}

  /** Status and body, for a message. */
  public static String said(HttpResponse<byte[]> answer) {
    return answer.statusCode() + ": " + text(answer);
  }

  /** The body as text. */
  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** Type and subtype, without parameters. */
  public static String mediaType(HttpResponse<byte[]> answer) {
    return mediaType(answer.headers().firstValue("Content-Type").orElse(""));
  }

  /** Type and subtype, without parameters. */
  public static String mediaType(String text) {
    return text.split(";", 2)[0].strip();
  }

  /** JSON, or the data of server-sent events as an array. */
  public static JsonNode json(String mediaType, String body) {
    if (!mediaType.equals("text/event-stream")) {
      return json(body);
    }
    var events = JSON.createArrayNode();
    body.lines()
        .filter(line -> line.startsWith("data:"))
        .forEach(line -> events.add(json(line.substring("data:".length()))));
    return events;
  }

  /**
   * A value of an answer.
   *
   * @param where a header's name, or a JSON pointer in which {@code name=value} stands for the
   *     first of a list that has this value
   */
  public static String found(HttpResponse<byte[]> answer, String where) {
    if (!where.startsWith("/")) {
      return answer.headers().firstValue(where).orElseThrow(() -> missing(answer, where));
    }
    JsonNode at = json(text(answer));
    for (String step : where.substring(1).split("/", -1)) {
      at = step(at, step);
    }
    if (at.isMissingNode()) {
      throw missing(answer, where);
    }
    return at.asText();
  }

  private static JsonNode step(JsonNode at, String step) {
    int equals = step.indexOf('=');
    if (equals < 0) {
      return at.at("/" + step);
    }
    for (JsonNode item : at) {
      if (item.path(step.substring(0, equals)).asText().equals(step.substring(equals + 1))) {
        return item;
      }
    }
    return at.at("/missing");
  }

  private static AssertionError missing(HttpResponse<byte[]> answer, String where) {
    return new AssertionError("no " + where + " in " + said(answer));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
