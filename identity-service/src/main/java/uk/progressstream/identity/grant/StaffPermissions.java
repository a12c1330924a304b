package uk.progressstream.identity.grant;

import java.util.Set;

/** What the company's staff may be given. None of these reads or writes a row of any school. */
public final class StaffPermissions {
  /** Creates schools and names their first admin. */
  public static final String ONBOARD = "school:onboard";

  /** Takes the lease of one school at a time. */
  public static final String TAKE_SESSION = "session:take";

  /** Opens and runs breaches. */
  public static final String MANAGE_BREACHES = "breach:manage";

  /** All there are. */
  public static final Set<String> ALL = Set.of(ONBOARD, TAKE_SESSION, MANAGE_BREACHES);

  private StaffPermissions() {}
}
