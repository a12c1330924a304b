package uk.progressstream.identity.grant;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What one token gives.
 *
 * @param role one word for who its holder is
 * @param permissions what it may do on its cells
 * @param cells what it may see
 * @param lease the lease that it hangs on, an employee's
 * @param purpose why, in one word
 */
public record Grant(
    String role, Set<String> permissions, Cells cells, Optional<UUID> lease, String purpose) {
  /** Keeps a copy. */
  public Grant {
    permissions = Set.copyOf(permissions);
  }
}
