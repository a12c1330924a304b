package uk.progressstream.identity.signin;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.setting.IdentitySettings;

/**
 * Google, by either of the names that it gives itself, and each Microsoft tenant of the allow-list
 * as two issuers of its own, one a version: Microsoft's common endpoint would take every tenant
 * there is.
 */
@ApplicationScoped
public class TrustedIssuers {
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern APPLICATION_ID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final String HTTPS = "https://";

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

  /**
   * "https://accounts.google.com or accounts.google.com" (Google Identity, "OpenID Connect",
   * section "Validating an ID token"). An account is keyed on the first, whichever its token says.
   */
  private static void google(
      IdentitySettings.Google google, KeyEndpoints endpoints, Map<String, TrustedIssuer> into) {
    URI keysAddress = google.jwks();
    String bare =
        google.issuer().startsWith(HTTPS)
            ? google.issuer().substring(HTTPS.length())
            : google.issuer();
    IssuerKeys keys = new IssuerKeys(() -> endpoints.keys(keysAddress), Clock.systemUTC());
    Stream.of(HTTPS + bare, bare)
        .map(
            name ->
                new TrustedIssuer(
                    name,
                    google.audience(),
                    keys,
                    claims -> GoogleClaims.visitor(claims, HTTPS + bare)))
        .forEach(issuer -> into.put(issuer.name(), issuer));
  }

  private static void microsoft(
      IdentitySettings.Microsoft microsoft,
      String tenant,
      KeyEndpoints endpoints,
      Map<String, TrustedIssuer> into) {
    if (!TENANT.matcher(tenant).matches()) {
      throw new IllegalArgumentException("not the id of a tenant in PS_IDENTITY_MICROSOFT_TENANTS");
    }
    String second = withoutSlash(microsoft.authority()) + "/" + tenant + "/v2.0";
    String first = withoutSlash(microsoft.firstVersionIssuer()) + "/" + tenant + "/";
    Set<String> own = Set.of(first, second);
    into.put(
        second,
        issuer(second, microsoft.audience(), endpoints, MicrosoftTenant.of(tenant, own, false)));
    into.put(
        first,
        issuer(
            first,
            firstVersionAudience(microsoft.audience()),
            endpoints,
            MicrosoftTenant.of(tenant, own, true)));
  }

  private static TrustedIssuer issuer(
      String name, Set<String> audience, KeyEndpoints endpoints, MicrosoftTenant tenant) {
    return new TrustedIssuer(
        name,
        audience,
        new IssuerKeys(() -> endpoints.discoveredKeys(name), Clock.systemUTC()),
        claims -> MicrosoftClaims.visitor(claims, tenant));
  }

  /**
   * An access token of version 1 names the API by its application id or by an id URI, with a slash
   * at the end or without ("Optional claims reference", claim {@code aud}). The URI that Entra
   * makes of an application id is that API's alone; any other has to be in the settings.
   */
  private static Set<String> firstVersionAudience(Set<String> audience) {
    return audience.stream()
        .flatMap(
            each ->
                APPLICATION_ID.matcher(each).matches()
                    ? Stream.of(each, "api://" + each)
                    : Stream.of(each))
        .flatMap(each -> Stream.of(each, each + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String withoutSlash(URI address) {
    return address.toString().replaceAll("/+$", "");
  }
}
