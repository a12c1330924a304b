package uk.progressstream.sensitive.pupil;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of one call, one per pupil, laid over what is stored, and sealed. */
final class RecordBatch {
  private final List<SealedRecord> records;

  private RecordBatch(List<SealedRecord> records) {
    this.records = records;
  }

  /**
   * Merges and seals. Of several records of one pupil the later lies over the earlier.
   *
   * @param stored the sealed fields of those pupils that have some
   */
  static RecordBatch of(List<IncomingRecord> records, Map<UUID, byte[]> stored, RecordKey key) {
    Map<UUID, IncomingRecord> byPupil = new TreeMap<>(Comparator.comparing(UUID::toString));
    for (IncomingRecord record : records) {
      byPupil.merge(record.psId(), record, RecordBatch::over);
    }
    byPupil.replaceAll((psId, record) -> overStored(record, stored.get(psId), key));
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

  private static IncomingRecord overStored(
      IncomingRecord record, byte @Nullable [] stored, RecordKey key) {
    return stored == null ? record : record.over(key.open(record.psId(), stored));
  }

  private static IncomingRecord over(IncomingRecord earlier, IncomingRecord later) {
    return later.over(earlier.fields());
  }
}
