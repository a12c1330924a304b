package uk.progressstream.identity.testing;

import java.util.UUID;
import org.jose4j.jwt.JwtClaims;

/**
 * Somebody who can sign in.
 *
 * @param issuer id of the issuer, see {@link Issuers}
 * @param realm domain or tenant
 * @param email e-mail
 * @param subject what the issuer calls them
 */
public record Person(String issuer, String realm, String email, String subject) {
  public static final String COMPANY_DOMAIN = "progressstream.example";

  /** Somebody of a Google Workspace domain. */
  public static Person google(String domain, String name) {
    return new Person(Issuers.GOOGLE, domain, name + "@" + domain, UUID.randomUUID().toString());
  }

  /** Somebody of a Microsoft tenant. */
  public static Person microsoft(String tenant, String email) {
    return new Person(tenant + "/v2.0", tenant, email, UUID.randomUUID().toString());
  }

  /** One of the company's staff; always the same account. */
  public static Person employee(String name) {
    return new Person(
        Issuers.GOOGLE, COMPANY_DOMAIN, name + "@" + COMPANY_DOMAIN, "employee-" + name);
  }

  /** Claims as the issuer would make them. */
  public JwtClaims claims(Issuers issuers) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuers.nameOf(issuer));
    claims.setAudience(Issuers.AUDIENCE);
    claims.setIssuedAtToNow();
    claims.setNotBeforeMinutesInThePast(1);
    claims.setExpirationTimeMinutesInTheFuture(30);
    if (issuer.equals(Issuers.GOOGLE)) {
      claims.setSubject(subject);
      claims.setClaim("hd", realm);
      claims.setClaim("email", email);
      claims.setClaim("email_verified", true);
    } else {
      claims.setSubject("pairwise-" + subject);
      claims.setClaim("tid", realm);
      claims.setClaim("oid", subject);
      claims.setClaim("preferred_username", email);
    }
    return claims;
  }

  /** A good ID token. */
  public String idToken() {
    Issuers issuers = Issuers.current();
    return issuers.sign(claims(issuers), issuer);
  }

  /** The JSON by which an admin invites them. */
  public String invitation(String role) {
    boolean google = issuer.equals(Issuers.GOOGLE);
    return new io.vertx.core.json.JsonObject()
        .put("issuer", google ? "google" : "microsoft")
        .put(google ? "domain" : "tenant", realm)
        .put("email", email)
        .put("role", role)
        .encode();
  }
}
