package uk.progressstream.system.benchmark;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.TlsClient;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.running.RunningSystem;

/**
 * Many accounts that have standing. The local issuer's login page signs their ID tokens ahead, so
 * that a load sends exchanges alone.
 *
 * @param idTokens one an account
 * @param accessTokens one an account, good for five minutes
 */
record Accounts(List<String> idTokens, List<String> accessTokens) {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  private static final String REDIRECT = "https://localhost/signed-in";
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final int CLASSES = 5;
  private static final int FIRST_URN = 720_000;
  private static final String DOMAIN = SampleAccount.GP_TEACHER.realm();

  /** The first admins of so many schools, one each. */
  static Accounts ofManySchools(RunningSystem system, int count)
      throws IOException, InterruptedException {
    ApiClient onboarding = system.as(SampleAccount.ONBOARDING);
    List<String> idTokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "benchmark-admin-" + i;
      JsonObject school =
          new JsonObject()
              .put("name", "Benchmark school " + i)
              .put("urn", Integer.toString(FIRST_URN + i))
              .put("firstAdmin", invitee(name));
      onboarding.post("/identity/v1/schools", school, name).require(201);
      idTokens.add(idToken(system.run(), name));
    }
    return signedIn(system, idTokens);
  }

  /** So many teachers of school GP, with a cluster of five classes. */
  static Accounts ofOneSchool(RunningSystem system, int count)
      throws IOException, InterruptedException {
    ApiClient admin = system.as(SampleAccount.GP_ADMIN);
    ApiClient gateway = system.signIn().gateway();
    String school = school(admin);
    String cluster = cluster(admin, school);
    List<String> idTokens = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "benchmark-teacher-" + i;
      admin
          .post(
              "/identity/v1/schools/" + school + "/invitations",
              invitee(name).put("role", "teacher"),
              name)
          .require(201);
      idTokens.add(idToken(system.run(), name));
      ApiClient teacher = gateway.with(exchange(gateway, idTokens.get(i)));
      String account = teacher.get("/identity/v1/me").require(200).json().getString("account");
      admin
          .put("/identity/v1/clusters/" + cluster + "/accounts/" + account, new JsonObject())
          .require(200);
    }
    return signedIn(system, idTokens);
  }

  /** The first school of who signed in. */
  static String school(ApiClient client) {
    return client
        .get("/identity/v1/me")
        .require(200)
        .json()
        .getJsonArray("schools")
        .getJsonObject(0)
        .getString("id");
  }

  /** The body of an exchange. */
  static String form(String idToken) {
    return encode(
        Map.of("grant_type", EXCHANGE, "subject_token", idToken, "subject_token_type", ID_TOKEN));
  }

  private static String exchange(ApiClient gateway, String idToken) {
    Map<String, String> form =
        Map.of("grant_type", EXCHANGE, "subject_token", idToken, "subject_token_type", ID_TOKEN);
    return gateway.form("/identity/v1/token", form).require(200).json().getString("access_token");
  }

  private static String cluster(ApiClient admin, String school) {
    JsonArray cells = new JsonArray();
    admin.get("/identity/v1/schools/" + school + "/classes").require(200).items().stream()
        .limit(CLASSES)
        .map(JsonObject.class::cast)
        .forEach(
            each ->
                cells.add(
                    new JsonObject().put("school", school).put("class", each.getString("id"))));
    return admin
        .post(
            "/identity/v1/clusters",
            new JsonObject().put("name", "Benchmark").put("cells", cells),
            "benchmark-cluster")
        .require(201)
        .json()
        .getString("id");
  }

  private static Accounts signedIn(RunningSystem system, List<String> idTokens) {
    ApiClient gateway = system.signIn().gateway();
    List<String> accessTokens = idTokens.stream().map(each -> exchange(gateway, each)).toList();
    return new Accounts(List.copyOf(idTokens), accessTokens);
  }

  private static JsonObject invitee(String name) {
    return new JsonObject()
        .put("issuer", "google")
        .put("domain", DOMAIN)
        .put("email", name + "@" + DOMAIN);
  }

  /** Types the claims of an account into the issuer's login page, and takes the code to it. */
  private static String idToken(RunFile run, String name) throws IOException, InterruptedException {
    String issuer = run.json().getJsonObject("issuers").getString("google");
    JsonObject claims =
        new JsonObject()
            .put("email", name + "@" + DOMAIN)
            .put("email_verified", true)
            .put("hd", DOMAIN)
            .put("aud", SampleAccount.AUDIENCE);
    HttpClient client = TlsClient.trusting(run.authority());
    String query =
        encode(
            Map.of(
                "client_id",
                SampleAccount.AUDIENCE,
                "response_type",
                "code",
                "redirect_uri",
                REDIRECT,
                "scope",
                "openid",
                "state",
                "s",
                "nonce",
                UUID.randomUUID().toString()));
    HttpResponse<String> page =
        post(
            client,
            issuer + "/authorize?" + query,
            Map.of("username", name, "claims", claims.encode()));
    Matcher code = CODE.matcher(page.headers().firstValue("location").orElse(""));
    if (!code.find()) {
      throw new IllegalStateException("the issuer gave no code: " + page.statusCode());
    }
    HttpResponse<String> answer =
        post(
            client,
            issuer + "/token",
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code.group(1),
                "redirect_uri",
                REDIRECT,
                "client_id",
                SampleAccount.AUDIENCE));
    return new JsonObject(answer.body()).getString("id_token");
  }

  private static HttpResponse<String> post(
      HttpClient client, String address, Map<String, String> form)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)))
            .build(),
        BodyHandlers.ofString());
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(each -> ApiClient.encoded(each.getKey()) + "=" + ApiClient.encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }
}
