package uk.progressstream.pseudonym.vault;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What the database said to a batch, statement by statement, and the answers that follow from it.
 */
final class Enrolled {
  private final EnrolmentBatch batch;
  private final Set<Lookup> changedPupils = new HashSet<>();
  private final Map<Lookup, UUID> psIds = new HashMap<>();
  private final Set<Membership> newMemberships = new HashSet<>();

  Enrolled(EnrolmentBatch batch) {
    this.batch = batch;
  }

  void changed(Set<Lookup> lookups) {
    changedPupils.addAll(lookups);
  }

  void found(Map<Lookup, UUID> found) {
    psIds.putAll(found);
  }

  void joined(Set<Membership> memberships) {
    newMemberships.addAll(memberships);
  }

  /** Who is in which class, by the lines; sorted, so that two uploads lock in one order. */
  SortedSet<Membership> memberships() {
    SortedSet<Membership> memberships = new TreeSet<>();
    batch.lines().forEach(line -> memberships.add(membership(line)));
    return memberships;
  }

  Set<UUID> psIds() {
    return Set.copyOf(psIds.values());
  }

  /** One answer per line. A change is told once, at the first line that it belongs to. */
  List<PupilAnswer> answers(Map<UUID, List<UUID>> classes) {
    return batch.lines().stream().map(line -> answer(line, classes)).toList();
  }

  private PupilAnswer answer(EnrolmentBatch.Line line, Map<UUID, List<UUID>> classes) {
    boolean pupilChanged = changedPupils.remove(line.lookup());
    boolean classChanged = newMemberships.remove(membership(line));
    UUID psId = psId(line);
    return new PupilAnswer(
        psId, pupilChanged || classChanged, classes.getOrDefault(psId, List.of()));
  }

  private Membership membership(EnrolmentBatch.Line line) {
    return new Membership(psId(line), line.schoolClass());
  }

  private UUID psId(EnrolmentBatch.Line line) {
    return Objects.requireNonNull(psIds.get(line.lookup()), "a stored pupil is not visible");
  }
}
