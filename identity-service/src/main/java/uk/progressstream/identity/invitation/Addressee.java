package uk.progressstream.identity.invitation;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.signin.Provider;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.platform.problem.Problem;

/**
 * Who is invited, checked: what their sign-in will be compared with.
 *
 * @param provider who must vouch for them
 * @param realm the domain or tenant, lower case
 * @param address the e-mail, application id or unique id of a service account, lower case
 */
public record Addressee(Provider provider, String realm, String address) {
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s|]{1,64}@[a-z0-9.-]{1,189}");
  private static final Pattern UNIQUE_ID = Pattern.compile("[0-9]{10,32}");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * Checks a request.
   *
   * @throws Problem 400 that says what is missing or wrong
   */
  public static Addressee of(@Nullable Invitee invitee) {
    if (invitee == null) {
      throw incomplete("Say who is invited: issuer, and domain or tenant with an e-mail or id.");
    }
    Provider provider =
        Provider.of(text(invitee.issuer()))
            .orElseThrow(() -> incomplete("issuer is google or microsoft."));
    return provider == Provider.GOOGLE ? google(invitee) : microsoft(invitee);
  }

  /** Without the address. */
  @Override
  public String toString() {
    return "Addressee[" + provider.code() + "]";
  }

  private static Addressee google(Invitee invitee) {
    String uniqueId = text(invitee.serviceAccount());
    if (!uniqueId.isEmpty()) {
      require(
          UNIQUE_ID.matcher(uniqueId).matches(),
          "serviceAccount is the unique id of a service account: digits.");
      return new Addressee(Provider.GOOGLE, Visitor.SERVICE_ACCOUNTS, uniqueId);
    }
    String domain = text(invitee.domain());
    require(DOMAIN.matcher(domain).matches(), "Name the domain of a Google invitation.");
    return new Addressee(Provider.GOOGLE, domain, email(invitee));
  }

  private static Addressee microsoft(Invitee invitee) {
    String tenant = text(invitee.tenant());
    require(UUID.matcher(tenant).matches(), "Name the tenant's id of a Microsoft invitation.");
    String application = text(invitee.application());
    if (application.isEmpty()) {
      return new Addressee(Provider.MICROSOFT, tenant, email(invitee));
    }
    require(UUID.matcher(application).matches(), "application is the id of an app registration.");
    return new Addressee(Provider.MICROSOFT, tenant, application);
  }

  private static String email(Invitee invitee) {
    String email = text(invitee.email());
    require(EMAIL.matcher(email).matches(), "Name the e-mail of the person or service account.");
    return email;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
  }

  private static void require(boolean condition, String detail) {
    if (!condition) {
      throw incomplete(detail);
    }
  }

  private static Problem incomplete(String detail) {
    return Problem.badRequest("bad-invitation", "Invitation not understood", detail);
  }
}
