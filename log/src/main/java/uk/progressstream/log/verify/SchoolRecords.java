package uk.progressstream.log.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.log.commitment.ExportedRecord.Erased;
import uk.progressstream.log.commitment.Place;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * The records that a school downloaded. Every service numbers what it writes about a school without
 * a gap, and the number is in what the log committed to: so whatever is missing leaves a hole.
 */
final class SchoolRecords {
  private final Map<Long, byte[]> entries = new HashMap<>();
  private final Map<Long, Place> erased = new HashMap<>();
  private final Map<Long, Erased> erasures = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Numbers> bySource = new TreeMap<>();

  /**
   * Reads a download.
   *
   * @throws NotVerifiedException if a line is none, or two lines say that they are one leaf or
   *     record
   */
  void read(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        add(ExportedRecord.of(line));
      }
    }
  }

  private void add(ExportedRecord record) {
    Place place = record.place();
    if (!ids.add(place.id())) {
      throw new NotVerifiedException("record " + place.id() + " is there twice");
    }
    Disclosure disclosure = record.disclosure();
    Object other =
        disclosure == null
            ? erased.putIfAbsent(record.leafIndex(), place)
            : entries.putIfAbsent(record.leafIndex(), disclosure.entry());
    if (other != null) {
      throw new NotVerifiedException("two records have leaf " + record.leafIndex());
    }
    if (record.erases() != null) {
      erasures.put(record.erases().leafIndex(), record.erases());
    }
    bySource.computeIfAbsent(sequence(place), each -> new Numbers()).add(place.sequence());
  }

  /**
   * Checks that nothing is missing: each source's numbers run from 1 with no gap and none twice,
   * and what was erased is named by a record of its erasure.
   *
   * @return the last number by school and source
   */
  Map<String, Long> complete() {
    Map<String, Long> last = new TreeMap<>();
    bySource.forEach((sequence, numbers) -> last.put(sequence, numbers.last(sequence)));
    erased.forEach(this::checkErased);
    return last;
  }

  private void checkErased(long leaf, Place place) {
    Erased named = erasures.get(leaf);
    if (named == null
        || !named.id().equals(place.id())
        || !named.source().equals(place.source())
        || named.sequence() != place.sequence()
        || entries.containsKey(leaf)) {
      throw new NotVerifiedException(
          "record " + place.id() + " is said to be erased, and no record of its erasure says so");
    }
  }

  /** Whether a record is among them. */
  boolean has(String id) {
    return ids.contains(id);
  }

  /** How many there are. */
  int count() {
    return ids.size();
  }

  /** How many of them are erased. */
  int erasedCount() {
    return erased.size();
  }

  /** What must be in the tree, and where. */
  ExpectedEntries entries() {
    return new ExpectedEntries(entries);
  }

  private static String sequence(Place place) {
    return place.school() + "/" + place.source();
  }
}
