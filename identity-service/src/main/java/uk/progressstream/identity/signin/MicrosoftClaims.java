package uk.progressstream.identity.signin;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.signin.SignInRefused.Reason;

/**
 * What Entra ID's tokens say (Microsoft identity platform, "ID token claims reference", "Access
 * token claims reference", "Optional claims reference"). {@code preferred_username} and {@code upn}
 * are the user principal name, which a tenant's administrators give out; {@code unique_name} is for
 * display; {@code email} is a field that anybody may have filled, so it counts only where Entra
 * says that its domain's owner was verified ({@code xms_edov}, or {@code email_verified}).
 *
 * <p>A guest's names are the home tenant's word, and no host's to vouch for: a guest belongs to no
 * organisation here, and has no address. One sign of a guest is enough.
 *
 * <p>An app registration is known by its application id. Its token says {@code idtyp} only where
 * that optional claim was set up; else it is told by a subject that is the object's own id, where a
 * person's is pairwise, and by the lack of all that only people have.
 */
final class MicrosoftClaims {
  private static final String GUEST =
      "the account is a guest of this tenant: sign in at the tenant that it belongs to";
  private static final String NO_ADDRESS =
      "the token holds no user principal name: ask for the scope profile, or add the optional claim upn";
  private static final String NO_OBJECT =
      "the token holds no tid and oid: ask for the scope profile; for an application, make its "
          + "service principal in the tenant";
  private static final String UNCLEAR =
      "the token does not say whether an application or a person signs in: add the optional claim "
          + "idtyp to the API's access tokens, or ask for an ID token with the scope profile";
  private static final String NO_APPLICATION =
      "the application's token holds no azp (version 2) or appid (version 1)";

  private MicrosoftClaims() {}

  static Visitor visitor(JwtClaims claims, MicrosoftTenant tenant) {
    if (claims.hasClaim("tid") && !tenant.name().equals(claims.getClaimValue("tid"))) {
      throw new SignInRefused(Reason.ISSUER);
    }
    String objectId =
        ClaimText.of(claims, "oid")
            .filter(id -> claims.hasClaim("tid"))
            .orElseThrow(() -> SignInRefused.ofForm(NO_OBJECT));
    AccountKey key = new AccountKey(Provider.MICROSOFT, tenant.id(), objectId);
    return isApplication(claims, objectId)
        ? application(claims, key, tenant)
        : person(claims, key, tenant);
  }

  /** Refuses what has marks of both: neither a person's rights nor a machine's are safe then. */
  private static boolean isApplication(JwtClaims claims, String objectId) {
    String type =
        claims.hasClaim("idtyp") ? ClaimText.of(claims, "idtyp").orElse("unreadable") : "";
    boolean ownSubject = ClaimText.of(claims, "sub").filter(objectId::equals).isPresent();
    boolean ofUser =
        Stream.of("scp", "preferred_username", "upn", "unique_name", "name", "email", "acct")
            .anyMatch(claims::hasClaim);
    if (ownSubject && !ofUser && Set.of("", "app").contains(type)) {
      return true;
    }
    if (ownSubject || !Set.of("", "user").contains(type)) {
      throw SignInRefused.ofForm(UNCLEAR);
    }
    return false;
  }

  private static Visitor application(JwtClaims claims, AccountKey key, MicrosoftTenant tenant) {
    String id =
        ClaimText.of(claims, tenant.firstVersion() ? "appid" : "azp")
            .orElseThrow(() -> SignInRefused.ofForm(NO_APPLICATION));
    return new Visitor(key, Optional.of(tenant.id()), Set.of(id), true, Optional.empty());
  }

  private static Visitor person(JwtClaims claims, AccountKey key, MicrosoftTenant tenant) {
    if (isGuest(claims, tenant)) {
      return new Visitor(key, Optional.empty(), Set.of(), false, Optional.of(GUEST));
    }
    Set<String> addresses = addresses(claims);
    return new Visitor(
        key,
        Optional.of(tenant.id()),
        addresses,
        false,
        addresses.isEmpty() ? Optional.of(NO_ADDRESS) : Optional.empty());
  }

  private static boolean isGuest(JwtClaims claims, MicrosoftTenant tenant) {
    return (claims.hasClaim("idp") && ClaimText.of(claims, "idp").filter(tenant::isOwn).isEmpty())
        || (claims.hasClaim("acct") && !isMember(claims.getClaimValue("acct")))
        || Stream.of("preferred_username", "upn", "unique_name", "email")
            .flatMap(name -> ClaimText.of(claims, name).stream())
            .anyMatch(MicrosoftClaims::isOfExternalUser);
  }

  private static boolean isMember(@Nullable Object accountStatus) {
    return accountStatus instanceof Number number
        ? number.doubleValue() == 0
        : "0".equals(accountStatus);
  }

  /** With and without hash marks, and as version 1 shows who came by another provider. */
  private static boolean isOfExternalUser(String name) {
    return name.contains("#") || name.contains("_ext_@");
  }

  private static Set<String> addresses(JwtClaims claims) {
    Set<String> addresses = new HashSet<>();
    ClaimText.of(claims, "preferred_username").ifPresent(addresses::add);
    ClaimText.of(claims, "upn").ifPresent(addresses::add);
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
