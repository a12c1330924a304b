package uk.progressstream.identity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;

/** Calls identity as the gateway does, for people. */
public final class Gateway {
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

  private final ServiceClient client;
  private final String address;

  private Gateway(ServiceClient client, String address) {
    this.client = client;
    this.address = address;
  }

  /** A connection to the service under test, for somebody whom nobody has seen before. */
  public static Gateway open() {
    return open(someAddress());
  }

  /** A connection to the service under test, for somebody at an address. */
  public static Gateway open(String callerAddress) {
    return new Gateway(
        new ServiceClient(address(), TestKit.current().tlsOf("gateway")), callerAddress);
  }

  /** A connection to one of several replicas, for somebody whom nobody has seen before. */
  public static Gateway at(URL replica) {
    return new Gateway(
        new ServiceClient(replica, TestKit.current().tlsOf("gateway")), someAddress());
  }

  private static String someAddress() {
    int network = ThreadLocalRandom.current().nextInt();
    return "2001:db8:%x:%x::".formatted(network >>> 16, network & 0xffff);
  }

  /** Where the service under test listens. */
  public static URL address() {
    String port = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", String.class);
    try {
      return URI.create("https://localhost:" + port + "/").toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to an exchange of this ID token. */
  public HttpResponse<String> exchange(String idToken, Map<String, String> more) {
    Map<String, String> form = new java.util.TreeMap<>(more);
    form.putIfAbsent("grant_type", EXCHANGE);
    form.putIfAbsent("subject_token", idToken);
    form.putIfAbsent("subject_token_type", ID_TOKEN);
    return postForm(
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&")));
  }

  /** The answer to a form as it stands. */
  public HttpResponse<String> postForm(String form) {
    return client.send(
        client
            .request("/identity/v1/token", null)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Forwarded-For", address)
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  /** An access token for somebody who is known, with this scope parameter. */
  public String signIn(Person person, String scope) {
    HttpResponse<String> answer = exchange(person.idToken(), Map.of("scope", scope));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getString("access_token");
  }

  /** An access token for somebody who is known. */
  public String signIn(Person person) {
    return signIn(person, "");
  }

  /** GET under {@code /identity/v1}. */
  public HttpResponse<String> get(String path, @Nullable String token) {
    return client.get("/identity/v1" + path, token);
  }

  /** POST under {@code /identity/v1}. */
  public HttpResponse<String> post(String path, @Nullable String token, String json) {
    return client.post("/identity/v1" + path, token, json);
  }

  /** Any method with headers, under {@code /identity/v1}. */
  public HttpResponse<String> send(
      String method, String path, @Nullable String token, String json, String... headers) {
    HttpRequest.Builder request =
        client
            .request("/identity/v1" + path, token)
            .method(method, HttpRequest.BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return client.send(headers.length == 0 ? request : request.headers(headers));
  }

  /** What an access token claims. */
  public static JsonObject claims(String accessToken) {
    byte[] payload = java.util.Base64.getUrlDecoder().decode(accessToken.split("\\.")[1]);
    return new JsonObject(new String(payload, StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
