package uk.progressstream.system.running;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;

/** Signs in people who are no sample accounts: by the login page of the Google-like issuer. */
public final class LoginPage {
  private static final String BACK = "https://app.example/back";
  private static final String CLIENT = "an-app";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

  private final RunFile run;

  /** Of this system. */
  public LoginPage(RunningSystem system) {
    this.run = system.run();
  }

  /** The answer to the token exchange of somebody of a domain. */
  public Answer exchange(String domain, String name) {
    return at(run.gateway())
        .form(
            "/identity/v1/token",
            Map.of(
                "grant_type", EXCHANGE,
                "subject_token", idToken(domain, name),
                "subject_token_type", ID_TOKEN));
  }

  /** The gateway with a fresh access token. */
  public ApiClient signIn(String domain, String name) {
    return at(run.gateway())
        .with(exchange(domain, name).require(200).json().getString("access_token"));
  }

  private String idToken(String domain, String name) {
    ApiClient issuer = at(run.json().getJsonObject("issuers").getString("google"));
    String query =
        "?response_type=code&scope=openid&state=s&nonce=n&client_id="
            + CLIENT
            + "&redirect_uri="
            + ApiClient.encoded(BACK);
    String claims =
        new JsonObject()
            .put("email", name + "@" + domain)
            .put("email_verified", true)
            .put("hd", domain)
            .put("aud", SampleAccount.AUDIENCE)
            .encode();
    String back =
        issuer
            .form("/authorize" + query, Map.of("username", name + "." + domain, "claims", claims))
            .require(302)
            .header("Location");
    String code = back.replaceAll(".*[?&]code=([^&]*).*", "$1");
    return issuer
        .form(
            "/token",
            Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", BACK,
                "client_id", CLIENT))
        .require(200)
        .json()
        .getString("id_token");
  }

  private ApiClient at(String base) {
    try {
      return ApiClient.anonymous(base, run.authority());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
