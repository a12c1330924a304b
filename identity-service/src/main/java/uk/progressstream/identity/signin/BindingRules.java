package uk.progressstream.identity.signin;

import java.time.Instant;
import java.util.List;
import uk.progressstream.identity.grant.Role;

/**
 * Which invitations a visitor takes up by signing in: those to the domain or tenant that the
 * provider vouches for. The address was compared when they were looked up; that each binds once is
 * the database's business.
 */
public final class BindingRules {
  private BindingRules() {}

  /** Those that fit. */
  public static List<OpenInvitation> fitting(
      List<OpenInvitation> addressed, Visitor visitor, Instant now) {
    return addressed.stream().filter(invitation -> fits(invitation, visitor, now)).toList();
  }

  private static boolean fits(OpenInvitation invitation, Visitor visitor, Instant now) {
    return visitor.realms().contains(invitation.realm())
        && now.isBefore(invitation.expiresAt())
        && (!visitor.machine() || invitation.role() == Role.PARTNER_SYSTEM);
  }
}
