package uk.progressstream.identity;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.progressstream.provisioning.testing.Holding;

/** A call of each function that a role may call in identity's database. */
final class IdentityCalls {
  /** Follows the name of what an officer does, where a job does it too. */
  static final String OF_OFFICER = " of an officer";

  private static final String OFFICERS = "breach-scope";

  /** One moment for all calls: within the life of an errand for as long as they take. */
  private static final String SOON = Instant.now().plusSeconds(300).toString();

  private IdentityCalls() {}

  /** By name, as the contract of authority wants them. */
  static Map<String, Function<Holding, List<@Nullable String>>> all() {
    Map<String, Function<Holding, List<@Nullable String>>> calls = new TreeMap<>();
    calls.put("entry.me", h -> List.of());
    calls.put("entry.clusters", h -> Arrays.asList(null, "10"));
    calls.put("entry.cluster", h -> List.of(id(h, "cluster")));
    calls.put("entry.cluster_history", h -> Arrays.asList(id(h, "cluster"), null, null, "10"));
    calls.put(
        "entry.propose_cluster",
        h ->
            List.of(
                h.made("cluster").toString(),
                id(h, "school"),
                "new",
                "{" + h.school() + "}",
                "{" + h.schoolClass() + "}"));
    calls.put(
        "entry.leave_cluster",
        h -> List.of(id(h, "cluster"), id(h, "school"), h.account().toString()));
    calls.put("entry.revoke_invitation", h -> List.of(id(h, "school"), id(h, "invitation")));
    calls.put("entry.withdraw_approval", h -> List.of(id(h, "school"), id(h, "cluster")));
    calls.put("entry.withdraw_consent", h -> List.of(id(h, "school"), "backup"));
    calls.put("entry.close_cluster", h -> List.of(id(h, "cluster"), id(h, "school")));
    calls.put(
        "entry.end_membership", h -> List.of(id(h, "school"), h.account().toString(), "teacher"));
    calls.put("entry.leave", h -> List.of(id(h, "school"), id(h, "school").substring(0, 8)));
    calls.put("entry.school_directory", h -> Arrays.asList(null, "10"));
    calls.put(
        "entry.create_school",
        h ->
            List.of(
                h.made("school").toString(),
                "A",
                h.made("urn").toString().substring(0, 8),
                h.made("invitation").toString(),
                "google",
                "r",
                "first@school"));
    calls.put(
        "entry.take_lease", h -> List.of(h.made("lease").toString(), id(h, "school"), "a reason"));
    calls.put("entry.end_lease", h -> List.of());
    calls.put("entry.check_lease", h -> List.of(id(h, "lease"), id(h, "employee")));
    calls.put("entry.revocations", h -> List.of());
    callsAtSignIn(calls);
    callsOfErrands(calls);
    calls.put("entry.my_invitations", h -> Arrays.asList(null, "10"));
    calls.put("entry.accept_invitation", h -> List.of(id(h, "offered")));
    calls.put("entry.leave_school", h -> List.of(id(h, "school")));
    return calls;
  }

  private static void callsAtSignIn(Map<String, Function<Holding, List<@Nullable String>>> calls) {
    calls.put(
        "entry.standing",
        h ->
            List.of(
                "google",
                "r",
                h.account().toString(),
                "{r}",
                "{open@" + h.school() + "}",
                "false"));
    calls.put(
        "entry.bind",
        h ->
            List.of(
                h.made("candidate").toString(),
                "google",
                "r",
                id(h, "stranger"),
                "{r}",
                "{open@" + h.school() + "}",
                "false"));
    calls.put(
        "entry.bind_staff",
        h ->
            List.of(
                h.made("candidate").toString(),
                "google",
                "r",
                id(h, "stranger"),
                h.made("staff").toString(),
                "{session:take}"));
    calls.put("entry.bring_staff", h -> List.of("{}"));
  }

  private static void callsOfErrands(Map<String, Function<Holding, List<@Nullable String>>> calls) {
    for (String purpose : List.of("backup", OFFICERS)) {
      boolean breach = purpose.equals(OFFICERS);
      String how = breach ? OF_OFFICER : "";
      calls.put(
          "entry.take_errand" + how,
          h ->
              List.of(
                  id(h, "school"),
                  h.made(breach ? "officer errand" : "errand").toString(),
                  h.made(breach ? "breach" : "job").toString(),
                  purpose,
                  SOON));
      calls.put(
          "entry.end_errand" + how,
          h ->
              breach
                  ? Arrays.asList(id(h, "officer errand"), purpose, null)
                  : List.of(id(h, "errand"), purpose, id(h, "job")));
      calls.put("entry.errand_schools" + how, h -> Arrays.asList(purpose, null, "10"));
    }
  }

  private static String id(Holding holding, String name) {
    return (name.equals("school") ? holding.school() : holding.id(name)).toString();
  }
}
