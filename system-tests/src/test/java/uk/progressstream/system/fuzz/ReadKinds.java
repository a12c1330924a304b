package uk.progressstream.system.fuzz;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which record a successful read leaves. A read that is in neither list is a fault of this one. */
final class ReadKinds {
  private static final Map<String, String> RECORDED =
      Map.ofEntries(
          Map.entry("listRecords", "audit.read"),
          Map.entry("exportRecords", "records.export"),
          Map.entry("readRecord", "audit.read"),
          Map.entry("proveRecord", "audit.read"),
          Map.entry("proveEntry", "audit.read"),
          Map.entry("blastRadius", "audit.read"),
          Map.entry("listBreaches", "breach.read"),
          Map.entry("readBreach", "breach.read"),
          Map.entry("readBreachScope", "breach.read"),
          Map.entry("listGrades", "grades.read"),
          Map.entry("exportGrades", "grades.export"),
          Map.entry("listPupils", "sensitive.read"),
          Map.entry("exportPupils", "sensitive.export"),
          Map.entry("listClusters", "clusters.read"),
          Map.entry("readCluster", "clusters.read"),
          Map.entry("listClusterHistory", "history.read"),
          Map.entry("listInvitations", "invitations.read"),
          Map.entry("listOwnInvitations", "invitations.read"),
          Map.entry("readConsent", "consents.read"),
          Map.entry("listSchools", "schools.read"),
          Map.entry("listAccounts", "accounts.read"),
          Map.entry("listSchoolHistory", "history.read"),
          Map.entry("listClasses", "classes.read"),
          Map.entry("readClass", "classes.read"),
          Map.entry("listUploads", "uploads.read"),
          Map.entry("readUpload", "uploads.read"),
          Map.entry("followUpload", "uploads.read"));

  /** The caller's own standing, and what is for everybody. */
  private static final Set<String> UNRECORDED =
      Set.of(
          "me",
          "tokenKeys",
          "latestCheckpoint",
          "verifierKey",
          "checkpoint",
          "witnessedCheckpoint",
          "tile");

  private ReadKinds() {}

  /** The kind of an operation's records; empty where it leaves none. */
  static Optional<String> of(String operation, String mediaType) {
    if (operation.equals("uploadProblems")) {
      return Optional.of(
          mediaType.equals("text/csv") ? "uploads.problems-export" : "uploads.problems-read");
    }
    if (UNRECORDED.contains(operation)) {
      return Optional.empty();
    }
    String kind = RECORDED.get(operation);
    if (kind == null) {
      throw new AssertionError("say of " + operation + " whether it is recorded");
    }
    return Optional.of(kind);
  }
}
