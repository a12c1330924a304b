package uk.progressstream.identity.signin;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * What Google's ID tokens say (Google Identity, "OpenID Connect", section "An ID token's payload").
 * Google is authoritative for an e-mail that it has verified where the account has a hosted domain
 * ({@code hd}) or the address is Gmail's or a service account's; an outside address that was merely
 * verified once may have changed hands.
 *
 * <p>A service account has its e-mail in the token only where it was asked for (IAM Service Account
 * Credentials API, "projects.serviceAccounts.generateIdToken", field includeEmail). Its unique id
 * is there in any case, as {@code sub} and, since it asks for itself, as {@code azp}; a person's
 * {@code azp} is the client that signed them in.
 */
final class GoogleClaims {
  private static final String GMAIL = "gmail.com";
  private static final Pattern UNIQUE_ID = Pattern.compile("[0-9]{10,32}");
  private static final String MACHINE_WITHOUT_EMAIL =
      "this service account's token holds no e-mail: ask for it with includeEmail "
          + "(or --include-email, or format=full), or be invited by the account's unique id";
  private static final String PERSON_WITHOUT_EMAIL =
      "the token holds no verified e-mail: ask for the scope email";

  private GoogleClaims() {}

  static Visitor visitor(JwtClaims claims, String issuer) {
    @Nullable Object subject = claims.getClaimValue("sub");
    if (!(subject instanceof String text) || text.isEmpty()) {
      throw SignInRefused.ofForm("the token holds no sub");
    }
    return visitor(claims, new AccountKey(Provider.GOOGLE, issuer, text));
  }

  private static Visitor visitor(JwtClaims claims, AccountKey key) {
    Optional<String> email =
        Boolean.TRUE.equals(claims.getClaimValue("email_verified"))
            ? ClaimText.of(claims, "email")
            : Optional.empty();
    if (isServiceAccount(claims, key.subject(), email)) {
      return serviceAccount(key, email);
    }
    Optional<String> organisation =
        ClaimText.of(claims, "hd").or(() -> email.map(GoogleClaims::domain).filter(GMAIL::equals));
    return new Visitor(
        key,
        organisation,
        organisation.isPresent() ? email.map(Set::of).orElse(Set.of()) : Set.of(),
        false,
        email.isPresent() ? Optional.empty() : Optional.of(PERSON_WITHOUT_EMAIL));
  }

  /** By its e-mail; where there is none, by its form, which nothing of a person's may gainsay. */
  private static boolean isServiceAccount(
      JwtClaims claims, String subject, Optional<String> email) {
    boolean asksForItself =
        UNIQUE_ID.matcher(subject).matches() && subject.equals(claims.getClaimValue("azp"));
    return email
        .map(address -> ofServiceAccount(domain(address)))
        .orElse(asksForItself && !claims.hasClaim("hd") && !isOfSomebodyElse(claims));
  }

  private static boolean isOfSomebodyElse(JwtClaims claims) {
    return ClaimText.of(claims, "email")
        .filter(each -> !ofServiceAccount(domain(each)))
        .isPresent();
  }

  private static Visitor serviceAccount(AccountKey key, Optional<String> email) {
    Set<String> addresses = new HashSet<>();
    email.ifPresent(addresses::add);
    if (UNIQUE_ID.matcher(key.subject()).matches()) {
      addresses.add(key.subject());
    }
    return new Visitor(
        key,
        Optional.of(email.map(GoogleClaims::domain).orElse(Visitor.SERVICE_ACCOUNTS)),
        addresses,
        true,
        email.isPresent() ? Optional.empty() : Optional.of(MACHINE_WITHOUT_EMAIL));
  }

  private static boolean ofServiceAccount(String domain) {
    return domain.equals(Visitor.SERVICE_ACCOUNTS)
        || domain.endsWith("." + Visitor.SERVICE_ACCOUNTS);
  }

  private static String domain(String email) {
    return email.substring(email.lastIndexOf('@') + 1);
  }
}
