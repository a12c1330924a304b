package uk.progressstream.sensitive.pupil;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.platform.problem.Problem;

/** Reads and checks rows. A refusal names the row and the field, never the value. */
final class IntakeRequests {
  /** Most rows of one call. */
  static final int ROWS_MAX = 1000;

  /** Most classes of one pupil. */
  static final int CLASSES_MAX = 100;

  private static final FieldCodes CODES = FieldCodes.load();

  private IntakeRequests() {}

  /**
   * The rows of a request.
   *
   * @throws Problem 400 for the first row that is not in order, 413 for too many rows
   */
  static List<IncomingRecord> records(List<SensitiveRow> rows) {
    if (rows.size() > ROWS_MAX) {
      throw Problem.tooLarge("At most " + ROWS_MAX + " rows in one call.");
    }
    List<IncomingRecord> records = new ArrayList<>(rows.size());
    for (SensitiveRow row : rows) {
      records.add(record(records.size(), row));
    }
    return records;
  }

  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  private static IncomingRecord record(int index, SensitiveRow row) {
    SensitiveFields fields = fields(row);
    Optional<String> fault = CODES.firstFault(fields);
    if (fault.isPresent()) {
      throw refused(index, fault.get());
    }
    Set<UUID> classes = classes(index, row);
    try {
      return new IncomingRecord(UUID.fromString(row.getPsId()), classes, fields);
    } catch (IllegalArgumentException e) {
      throw refused(index, "psId");
    }
  }

  private static Set<UUID> classes(int index, SensitiveRow row) {
    int count = row.getClassIdsCount();
    if (count == 0 || count > CLASSES_MAX) {
      throw refused(index, "classIds");
    }
    try {
      return row.getClassIdsList().stream().map(UUID::fromString).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw refused(index, "classIds");
    }
  }

  private static SensitiveFields fields(SensitiveRow row) {
    return new SensitiveFields(
        row.getSenProvision(),
        row.getSenTypesList(),
        row.getPupilPremium(),
        row.getFsm(),
        row.getFsm6(),
        row.getEal(),
        row.getLookedAfter(),
        row.getServiceChild(),
        row.getEthnicity());
  }

  private static Problem refused(int index, String field) {
    String detail = String.format(Locale.ROOT, "row %d: %s is not one of its codes", index, field);
    return Problem.badRequest("bad-row", "Row not in order", detail);
  }
}
