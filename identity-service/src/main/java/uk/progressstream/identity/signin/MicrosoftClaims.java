package uk.progressstream.identity.signin;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * What Entra ID's tokens say. {@code preferred_username} is the user principal name, which a
 * tenant's administrators give out; {@code email} is a field that anybody may have filled, so it
 * counts only where Entra says that its domain's owner was verified ({@code xms_edov}, or {@code
 * email_verified}). An app registration has neither: it is known by its application id.
 */
final class MicrosoftClaims {
  private MicrosoftClaims() {}

  static Optional<Visitor> visitor(JwtClaims claims, String tenant) {
    boolean machine = ClaimText.of(claims, "idtyp").filter("app"::equals).isPresent();
    return ClaimText.of(claims, "oid")
        .map(
            objectId ->
                new Visitor(
                    new AccountKey(Provider.MICROSOFT, tenant, objectId),
                    Optional.of(tenant),
                    machine ? application(claims) : addresses(claims),
                    machine));
  }

  private static Set<String> application(JwtClaims claims) {
    return ClaimText.of(claims, "azp")
        .or(() -> ClaimText.of(claims, "appid"))
        .map(Set::of)
        .orElse(Set.of());
  }

  private static Set<String> addresses(JwtClaims claims) {
    Set<String> addresses = new HashSet<>();
    ClaimText.of(claims, "preferred_username").ifPresent(addresses::add);
    if (yes(claims, "xms_edov") || yes(claims, "email_verified")) {
      ClaimText.of(claims, "email").ifPresent(addresses::add);
    }
    return addresses;
  }

  private static boolean yes(JwtClaims claims, String name) {
    @Nullable Object value = claims.getClaimValue(name);
    return Boolean.TRUE.equals(value) || "1".equals(value) || "true".equals(value);
  }
}
