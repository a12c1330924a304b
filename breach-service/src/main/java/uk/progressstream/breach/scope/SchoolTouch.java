package uk.progressstream.breach.scope;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one actor did to one school's data in the window, in counts.
 *
 * @param actor account, a person's or a machine's; null where the log has erased it
 * @param role in which role; null where the log has erased it
 * @param kind kind of record, such as {@code grades.read}
 * @param classes ids of the classes
 * @param columns names of the columns
 * @param records how many records of the log
 * @param rows how many rows in all of them
 * @param pupilsAtLeast most pupils that one record names: so many were touched at the least
 * @param pupilsAtMost sum over the records: so many at the most
 */
public record SchoolTouch(
    @Nullable UUID actor,
    @Nullable String role,
    String kind,
    List<String> classes,
    List<String> columns,
    long records,
    long rows,
    long pupilsAtLeast,
    long pupilsAtMost) {}
