package uk.progressstream.identity.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uk.progressstream.identity.grant.Standing;

/**
 * Somebody who has signed in.
 *
 * @param account of no use where the standing is empty: nothing was stored then
 * @param issuedAt when its token counts as issued
 * @param standing what it may do, with what it was just bound to
 * @param bound the invitations that it just took up
 */
public record SignedIn(UUID account, Instant issuedAt, Standing standing, List<Bound> bound) {
  /** Keeps a copy. */
  public SignedIn {
    bound = List.copyOf(bound);
  }
}
