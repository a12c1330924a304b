package uk.progressstream.local.client;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.IssuerKind;
import uk.progressstream.local.issuer.SampleAccount;

/** Signs sample accounts in: an ID token from their issuer, exchanged for an access token. */
public final class SignIn {
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

  private final RunFile run;
  private final ApiClient gateway;

  private SignIn(RunFile run, ApiClient gateway) {
    this.run = run;
    this.gateway = gateway;
  }

  /** At a running installation. */
  public static SignIn at(RunFile run) throws IOException {
    return new SignIn(run, ApiClient.anonymous(run.gateway(), run.authority()));
  }

  /** The gateway, for who needs no token. */
  public ApiClient gateway() {
    return gateway;
  }

  /** A client with a fresh access token of a sample account. */
  public ApiClient as(SampleAccount account) {
    return gateway.with(accessToken(account, ""));
  }

  /**
   * An access token.
   *
   * @param scope what it is narrowed to; empty for all that the account has
   */
  public String accessToken(SampleAccount account, String scope) {
    Map<String, String> form =
        Map.of(
            "grant_type", EXCHANGE,
            "subject_token", idToken(account),
            "subject_token_type", ID_TOKEN,
            "scope", scope);
    Answer answer = gateway.form("/identity/v1/token", form);
    if (answer.status() == 400 || answer.status() == 403) {
      throw new Failure(
          "%s cannot sign in: %s%s"
              .formatted(
                  account.label(),
                  answer.json().getString("error_description", "refused"),
                  scope.isEmpty()
                      ? "; ./progress-stream demo or up --sample creates the sample accounts"
                      : ""));
    }
    return answer.require(200).json().getString("access_token");
  }

  /** An ID token, as Google or Microsoft would give it. */
  public String idToken(SampleAccount account) {
    JsonObject issuers = run.json().getJsonObject("issuers");
    String issuer =
        issuers.getString(account.issuer() == IssuerKind.GOOGLE ? "google" : "microsoft");
    try {
      return ApiClient.anonymous(issuer, run.authority())
          .form(
              "/token",
              Map.of(
                  "grant_type", "password",
                  "client_id", account.label(),
                  "username", account.label(),
                  "password", "any",
                  "scope", "openid"))
          .require(200)
          .json()
          .getString("id_token");
    } catch (IOException e) {
      throw new Failure("the issuer does not answer", e);
    }
  }
}
