package uk.progressstream.identity.membership;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * An account's role at a school. Who that is, the invitation says that was taken up.
 *
 * @param account what clusters are assigned to
 * @param invitation by which it came
 */
public record Member(
    UUID account, UUID school, String role, OffsetDateTime since, UUID invitation) {

  /** Where a page ends. */
  String cursor() {
    return account + "~" + role;
  }
}
