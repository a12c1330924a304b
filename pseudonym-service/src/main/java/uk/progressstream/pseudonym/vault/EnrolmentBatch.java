package uk.progressstream.pseudonym.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one call with their enrollment ids hashed and sealed: from here on nothing says who
 * a pupil is.
 */
final class EnrolmentBatch {
  /** One line, in the order of the request. */
  record Line(Lookup lookup, UUID schoolClass) {}

  private final VaultKey key;
  private final List<Line> lines = new ArrayList<>();
  private final Map<EnrollmentId, Postcode> postcodes = new HashMap<>();
  // Sorted, so that two uploads lock the pupils that they share in one order.
  private final SortedMap<Lookup, NewPupil> pupils = new TreeMap<>();

  private EnrolmentBatch(VaultKey key) {
    this.key = key;
  }

  /** Hashes and seals. Of several postcodes of one pupil the last one counts. */
  static EnrolmentBatch of(List<Enrolment> enrolments, VaultKey key) {
    EnrolmentBatch batch = new EnrolmentBatch(key);
    enrolments.forEach(batch::notePostcode);
    enrolments.forEach(batch::add);
    batch.postcodes.clear();
    return batch;
  }

  /** In the order of the request. */
  List<Line> lines() {
    return lines;
  }

  /** Distinct, in the order of their lookups. */
  Collection<NewPupil> pupils() {
    return pupils.values();
  }

  Set<Lookup> lookups() {
    return pupils.keySet();
  }

  private void notePostcode(Enrolment enrolment) {
    Postcode postcode = enrolment.postcode();
    if (postcode != null) {
      postcodes.put(enrolment.enrollmentId(), postcode);
    }
  }

  private void add(Enrolment enrolment) {
    Lookup lookup = key.lookup(enrolment.enrollmentId());
    lines.add(new Line(lookup, enrolment.schoolClass()));
    pupils.computeIfAbsent(lookup, fresh -> newPupil(fresh, enrolment.enrollmentId()));
  }

  private NewPupil newPupil(Lookup lookup, EnrollmentId id) {
    UUID psId = UUID.randomUUID();
    @Nullable Postcode postcode = postcodes.get(id);
    byte @Nullable [] hash = postcode == null ? null : key.hash(postcode);
    return new NewPupil(psId, lookup, key.seal(id, psId), hash);
  }
}
