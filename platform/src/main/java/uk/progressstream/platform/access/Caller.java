package uk.progressstream.platform.access;

import java.util.UUID;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Who calls, as a verified access token says.
 *
 * @param account the account, a person's or a machine's
 * @param role one word for the log, such as {@code teacher}
 * @param scope what they may see, sealed for this service
 * @param token the access token, to travel along to the next service
 */
public record Caller(UUID account, String role, SealedScope scope, String token) {

  /**
   * Refuses a caller without a permission.
   *
   * @throws Problem 404 where it is missing
   */
  public Caller require(String permission) {
    if (!scope.scope().permits(permission)) {
      throw Problem.forbidden();
    }
    return this;
  }

  /** Without token and seal. */
  @Override
  public String toString() {
    return "Caller[account=" + account + ", role=" + role + "]";
  }
}
