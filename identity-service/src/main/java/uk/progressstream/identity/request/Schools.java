package uk.progressstream.identity.request;

import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.problem.Problem;

/** Which schools a caller may ask about. */
public final class Schools {
  private Schools() {}

  /**
   * A school that the caller's scope touches.
   *
   * @throws Problem 404 for any other, there or not
   */
  public static UUID inScope(Caller caller, UUID school) {
    if (!caller.scope().scope().anySchools().contains(school)) {
      throw Problem.notFound();
    }
    return school;
  }

  /**
   * The one school that an admin's token is for.
   *
   * @throws Problem 404 where it is not exactly one
   */
  public static UUID only(Caller caller) {
    Set<UUID> schools = caller.scope().scope().schools();
    if (schools.size() != 1) {
      throw Problem.notFound();
    }
    return schools.iterator().next();
  }
}
