package uk.progressstream.system.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.client.TlsClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.running.RunningSystem;

/** Sends examples through the gateway, with ids of the running system in place of their own. */
public final class ExampleRun {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

  private static final int UNAUTHENTICATED = 401;

  private final Map<String, String> tokens = new HashMap<>();
  private final Documents documents;
  private final SignIn signIn;
  private final String gateway;
  private final HttpClient client;

  /** On this system. */
  public ExampleRun(RunningSystem system, Documents documents) {
    this.documents = documents;
    this.signIn = system.signIn();
    this.gateway = system.run().gateway();
    try {
      this.client = TlsClient.trusting(system.run().authority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends the example, after those that it names.
   *
   * @param accept the media type that is wanted of the answer; empty for any
   */
  HttpResponse<byte[]> run(Operation operation, String accept) {
    return run(operation, operation.account(), accept);
  }

  /** Sends the example without a token. */
  HttpResponse<byte[]> runSignedOut(Operation operation) {
    return send(operation, Optional.empty(), "");
  }

  private HttpResponse<byte[]> run(Operation operation, Optional<String> account, String accept) {
    operation.after().forEach(before -> required(documents.named(before), Optional.empty()));
    return send(operation, account, accept);
  }

  /** An answer that others build on. */
  private HttpResponse<byte[]> required(Operation operation, Optional<String> account) {
    HttpResponse<byte[]> answer = run(operation, account.or(operation::account), "");
    if (answer.statusCode() != operation.status()) {
      throw new AssertionError(operation + " comes first, and answered " + Answers.said(answer));
    }
    return answer;
  }

  /** The example as it is sent, after those that it names and builds on. */
  public Prepared prepared(Operation operation) {
    operation.after().forEach(before -> required(documents.named(before), Optional.empty()));
    return filled(operation);
  }

  private Prepared filled(Operation operation) {
    String path = operation.path();
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      String value = value(parameter.path("x-example-from"), parameter.path("example").asText());
      switch (parameter.path("in").asText()) {
        case "path" -> path = path.replace("{" + name + "}", value);
        case "query" -> query.add(name + "=" + ApiClient.encoded(value));
        // A key that was used before would give what was made then.
        default ->
            headers.put(
                name, name.equals("Idempotency-Key") ? UUID.randomUUID().toString() : value);
      }
    }
    operation.request().ifPresent(type -> headers.put("Content-Type", type.getKey()));
    return new Prepared(operation.method(), path + query, headers, body(operation));
  }

  /** An access token of a sample account, the same until it is refused. */
  public String token(String account) {
    return tokens.computeIfAbsent(
        account, name -> signIn.accessToken(SampleAccount.named(name), ""));
  }

  /** The next {@link #token} is a new one. */
  public void forgetToken(String account) {
    tokens.remove(account);
  }

  private HttpResponse<byte[]> send(Operation operation, Optional<String> account, String accept) {
    Prepared example = filled(operation);
    HttpRequest.Builder request = HttpRequest.newBuilder().timeout(ANSWER_WITHIN);
    example.headers().forEach(request::header);
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    request
        .uri(URI.create(gateway + example.target()))
        .method(
            operation.method(),
            example.body().isEmpty()
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(example.body()));
    if (account.isEmpty()) {
      return exchange(request.build());
    }
    HttpResponse<byte[]> answer = exchange(signed(request, account.get()));
    if (answer.statusCode() == UNAUTHENTICATED) {
      // A lease that an earlier example ended has taken its tokens along.
      forgetToken(account.get());
      answer = exchange(signed(request, account.get()));
    }
    return answer;
  }

  private HttpRequest signed(HttpRequest.Builder request, String account) {
    return request.setHeader("Authorization", "Bearer " + token(account)).build();
  }

  private String body(Operation operation) {
    Optional<Map.Entry<String, JsonNode>> request = operation.request();
    if (request.isEmpty()) {
      return "";
    }
    JsonNode filled = filled(request.get().getValue());
    if (filled.isTextual()) {
      return filled.asText();
    }
    return request.get().getKey().contains("form") ? form(filled) : filled.toString();
  }

  private static String form(JsonNode fields) {
    StringJoiner form = new StringJoiner("&");
    fields
        .properties()
        .forEach(
            field -> form.add(field.getKey() + "=" + ApiClient.encoded(field.getValue().asText())));
    return form.toString();
  }

  private JsonNode filled(JsonNode mediaType) {
    JsonNode example = mediaType.path("example").deepCopy();
    for (Map.Entry<String, JsonNode> from : mediaType.path("x-example-from").properties()) {
      int name = from.getKey().lastIndexOf('/');
      JsonNode parent = example.at(from.getKey().substring(0, name));
      String field = from.getKey().substring(name + 1);
      String value = value(from.getValue(), example.at(from.getKey()).asText());
      if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(field), value);
      } else if (parent instanceof ObjectNode object && object.has(field)) {
        object.put(field, value);
      } else {
        throw new AssertionError("the example has no " + from.getKey());
      }
    }
    return example;
  }

  /**
   * What takes an example's place: {@code unique}, {@code <account> id-token}, or {@code
   * [<account>] <operationId>#<where in its answer>}.
   */
  private String value(JsonNode from, String example) {
    if (from.isMissingNode()) {
      return example;
    }
    if (from.asText().equals("unique")) {
      return example + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
    String[] source = from.asText().split("[ #]", -1);
    if (source[source.length - 1].equals("id-token")) {
      return signIn.idToken(SampleAccount.named(source[0]));
    }
    boolean named = source.length == 3;
    Operation operation = documents.named(source[source.length - 2]);
    return Answers.found(
        required(operation, named ? Optional.of(source[0]) : Optional.empty()),
        source[source.length - 1]);
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
