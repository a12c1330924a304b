package uk.progressstream.audit.blast;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one actor did to one school's data, all records of a kind together.
 *
 * @param school whose data
 * @param actor account; null where its records were erased
 * @param role of the account then
 * @param kind such as {@code grades.export}
 * @param classes that were touched
 * @param columns that were read or written
 * @param records how many
 * @param rows in all
 * @param pupilsAtLeast most pupils of a single record; the true count lies between
 * @param pupilsAtMost sum over the records
 * @param firstAt RFC 3339
 * @param lastAt RFC 3339
 */
public record Touch(
    UUID school,
    @Nullable UUID actor,
    @Nullable String role,
    String kind,
    List<UUID> classes,
    List<String> columns,
    long records,
    long rows,
    long pupilsAtLeast,
    long pupilsAtMost,
    String firstAt,
    String lastAt) {

  static Touch read(Row row) {
    return new Touch(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        row.getString(3),
        Stream.of(row.getArrayOfUUIDs(4)).toList(),
        Stream.of(row.getArrayOfStrings(5)).toList(),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getOffsetDateTime(10).toInstant().toString(),
        row.getOffsetDateTime(11).toInstant().toString());
  }
}
