package uk.progressstream.identity.signin;

import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * What Google's ID tokens say. Google is authoritative for an e-mail that it has verified where the
 * account has a hosted domain ({@code hd}) or the address is Gmail's or a service account's; an
 * outside address that was merely verified once may have changed hands.
 */
final class GoogleClaims {
  private static final String SERVICE_ACCOUNTS = "gserviceaccount.com";
  private static final String GMAIL = "gmail.com";

  private GoogleClaims() {}

  static Optional<Visitor> visitor(JwtClaims claims, String issuer) {
    @Nullable Object subject = claims.getClaimValue("sub");
    return subject instanceof String text && !text.isEmpty()
        ? Optional.of(visitor(claims, new AccountKey(Provider.GOOGLE, issuer, text)))
        : Optional.empty();
  }

  private static Visitor visitor(JwtClaims claims, AccountKey key) {
    Optional<String> email =
        Boolean.TRUE.equals(claims.getClaimValue("email_verified"))
            ? ClaimText.of(claims, "email")
            : Optional.empty();
    Optional<String> mailDomain = email.map(GoogleClaims::domain);
    boolean machine = mailDomain.filter(GoogleClaims::ofServiceAccount).isPresent();
    Optional<String> organisation =
        ClaimText.of(claims, "hd").or(() -> mailDomain.filter(GoogleClaims::ofGoogleItself));
    return new Visitor(
        key,
        organisation,
        organisation.isPresent() ? email.map(Set::of).orElse(Set.of()) : Set.of(),
        machine);
  }

  private static boolean ofGoogleItself(String domain) {
    return domain.equals(GMAIL) || ofServiceAccount(domain);
  }

  private static boolean ofServiceAccount(String domain) {
    return domain.equals(SERVICE_ACCOUNTS) || domain.endsWith("." + SERVICE_ACCOUNTS);
  }

  private static String domain(String email) {
    return email.substring(email.lastIndexOf('@') + 1);
  }
}
