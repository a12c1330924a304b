package uk.progressstream.identity.errand;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Every errand there is, for tests that enumerate what can be read. */
public final class AllErrands {
  private AllErrands() {}

  /**
   * An errand.
   *
   * @param purpose its purpose
   * @param holder the service or job whose account its scopes are for
   * @param consent whether the school's admin must have consented
   * @param permissions what it may do on its one school
   */
  public record Reach(String purpose, String holder, boolean consent, Set<String> permissions) {}

  /** All of them. */
  public static List<Reach> list() {
    return Arrays.stream(Errand.values())
        .map(each -> new Reach(each.purpose(), each.peer(), each.onConsent(), each.permissions()))
        .toList();
  }
}
