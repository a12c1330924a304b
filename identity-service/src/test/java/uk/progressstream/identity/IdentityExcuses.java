package uk.progressstream.identity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What reaches another school in identity's database on purpose, and why. */
final class IdentityExcuses {
  private static final String OTHERWISE = ": is answered otherwise than for an unknown id";

  private static final String CREATES =
      ": changes public.history, public.invitation, public.school of a school that was not there";

  private static final String ONBOARDING = "staff onboard schools";

  private static final String BREACHES =
      "ids alone, of every school that ever was: a breach may concern one that has left";

  private static final String OWN_ERRAND = "the token of the officer's own errand, which ends";

  private static final String HOLDING = "an employee holds the school that it names";

  private IdentityExcuses() {}

  /** By the words in which the contract of authority reports them. */
  static Map<String, String> all() {
    Map<String, String> excuses = new TreeMap<>();
    for (String whose : List.of(" of another school", " of a school that left")) {
      for (String id :
          List.of(
              "a row of public.school_class by the role for school, class_id",
              "a row of public.invitation by the role for school, invitation_id",
              "entry.propose_cluster by the role for school, id",
              "entry.take_lease by the role for school, id",
              "entry.take_errand" + IdentityCalls.OF_OFFICER + " by the role for school, token",
              "entry.create_school by the role for school, id",
              "entry.create_school by the role for school, invitation")) {
        excuses.put(id + whose + OTHERWISE, "an id names one thing (docs/adr/0010)");
      }
      excuses.put(
          "entry.create_school by the role for school, with_urn" + whose + CREATES, ONBOARDING);
    }
    for (String what : List.of("id", "invitation", "with_urn", "all")) {
      excuses.put(
          "entry.create_school by the role for school, " + what + " of an unknown id" + CREATES,
          ONBOARDING);
    }
    for (String how : List.of("as it is", "no after", "no at_most")) {
      excuses.put(
          "entry.school_directory by the role for school, " + how + ": tells of another school",
          "staff see names of schools, to onboard or to hold one");
    }
    excuses.putAll(ofOfficers());
    String lease = "entry.take_lease by the role for school, of_school of another school: ";
    excuses.put(lease + "changes public.employee_lease, public.history of another school", HOLDING);
    excuses.put(lease + "is answered otherwise than for an unknown id", HOLDING);
    return excuses;
  }

  /** A breach officer holds one school at a time, whichever; the errand before ends with that. */
  private static Map<String, String> ofOfficers() {
    Map<String, String> excuses = new TreeMap<>();
    String take = "entry.take_errand" + IdentityCalls.OF_OFFICER + " by the role for school, ";
    String ended = ": changes public.revocation of no school";
    for (String whose : List.of("another school", "a school that left")) {
      excuses.put(
          take + "of_school of " + whose + ": changes public.errand, public.history of " + whose,
          BREACHES);
      excuses.put(take + "of_school of " + whose + OTHERWISE, BREACHES);
      excuses.put(take + "of_school of " + whose + ended, OWN_ERRAND);
      excuses.put(take + "account of " + whose + ended, OWN_ERRAND);
      for (String how : List.of("as it is", "no after", "no at_most")) {
        excuses.put(
            "entry.errand_schools"
                + IdentityCalls.OF_OFFICER
                + " by the role for school, "
                + how
                + ": tells of "
                + whose,
            BREACHES);
      }
    }
    for (String what : List.of("token", "account")) {
      excuses.put(take + what + " of an unknown id" + ended, OWN_ERRAND);
    }
    excuses.put(take + "no account" + ended, OWN_ERRAND);
    excuses.put(
        "entry.end_errand" + IdentityCalls.OF_OFFICER + " by the role for school, no job" + ended,
        OWN_ERRAND);
    return excuses;
  }
}
