package uk.progressstream.sensitive.pupil;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** The records of one call, one per pupil, sealed. */
final class RecordBatch {
  private final List<SealedRecord> records;

  private RecordBatch(List<SealedRecord> records) {
    this.records = records;
  }

  /** Seals. Of several records of one pupil the last one counts. */
  static RecordBatch of(List<IncomingRecord> records, RecordKey key) {
    Map<UUID, IncomingRecord> byPupil = new TreeMap<>(Comparator.comparing(UUID::toString));
    records.forEach(record -> byPupil.put(record.psId(), record));
    return new RecordBatch(byPupil.values().stream().map(key::seal).toList());
  }

  Collection<SealedRecord> records() {
    return records;
  }

  /** The pupils of all memberships; {@link #memberClasses} holds the class at the same place. */
  UUID[] memberPsIds() {
    return members(record -> record.classes().stream().map(each -> record.psId()).toList());
  }

  UUID[] memberClasses() {
    return members(record -> List.copyOf(record.classes()));
  }

  private UUID[] members(Function<SealedRecord, List<UUID>> read) {
    return records.stream().flatMap(record -> read.apply(record).stream()).toArray(UUID[]::new);
  }
}
