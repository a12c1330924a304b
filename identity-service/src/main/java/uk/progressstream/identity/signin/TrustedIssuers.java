package uk.progressstream.identity.signin;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.setting.IdentitySettings;

/**
 * Google, and each Microsoft tenant of the allow-list as an issuer of its own: Microsoft's common
 * endpoint would take every tenant there is.
 */
@ApplicationScoped
public class TrustedIssuers {
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Map<String, TrustedIssuer> byName;

  TrustedIssuers(IdentitySettings settings, KeyEndpoints endpoints) {
    Map<String, TrustedIssuer> issuers = new HashMap<>();
    google(settings.google(), endpoints, issuers);
    settings
        .microsoft()
        .tenants()
        .forEach(tenant -> microsoft(settings.microsoft(), tenant, endpoints, issuers));
    this.byName = Map.copyOf(issuers);
  }

  /** The issuer of this name; empty if it is not one of ours to trust. */
  Optional<TrustedIssuer> find(@Nullable String issuer) {
    return issuer == null ? Optional.empty() : Optional.ofNullable(byName.get(issuer));
  }

  private static void google(
      IdentitySettings.Google google, KeyEndpoints endpoints, Map<String, TrustedIssuer> into) {
    URI keys = google.jwks();
    into.put(
        google.issuer(),
        new TrustedIssuer(
            google.issuer(),
            google.audience(),
            new IssuerKeys(() -> endpoints.keys(keys), Clock.systemUTC()),
            claims -> GoogleClaims.visitor(claims, google.issuer())));
  }

  private static void microsoft(
      IdentitySettings.Microsoft microsoft,
      String tenant,
      KeyEndpoints endpoints,
      Map<String, TrustedIssuer> into) {
    if (!TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException("not the id of a tenant in PS_IDENTITY_MICROSOFT_TENANTS");
    }
    String authority = microsoft.authority().toString().replaceAll("/+$", "");
    String issuer = authority + "/" + tenant + "/v2.0";
    into.put(
        issuer,
        new TrustedIssuer(
            issuer,
            microsoft.audience(),
            new IssuerKeys(() -> endpoints.discoveredKeys(issuer), Clock.systemUTC()),
            claims -> ofTenant(claims, tenant)));
  }

  private static Optional<Visitor> ofTenant(JwtClaims claims, String tenant) {
    return tenant.equals(claims.getClaimValue("tid"))
        ? MicrosoftClaims.visitor(claims, tenant.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
