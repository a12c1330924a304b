package uk.progressstream.ingest.kind;

import java.util.List;

/**
 * A row that passed every check. It holds an enrollment id, so it lives in memory only, for as long
 * as its batch does, and prints nothing but its row number.
 */
public sealed interface Entry {

  /** Record number as a spreadsheet counts, the header being 1. */
  long row();

  /** The school's own id of the pupil; goes to the vault and nowhere else. */
  String enrollmentId();

  /** A row of a {@code pupils} file; postcode is normalised, or empty for "not said". */
  record Pupil(long row, String enrollmentId, String classId, String postcode) implements Entry {
    @Override
    public String toString() {
      return "Pupil[" + row + "]";
    }
  }

  /** A row of a {@code grades} file; points are in tenths. */
  record Grade(
      long row,
      String enrollmentId,
      String classId,
      String subject,
      String qualification,
      String period,
      String kind,
      String scale,
      String grade,
      int pointsTenths)
      implements Entry {
    @Override
    public String toString() {
      return "Grade[" + row + "]";
    }
  }

  /** A row of a {@code sensitive} file; what is not said is empty. */
  record Sensitive(
      long row,
      String enrollmentId,
      String senProvision,
      List<String> senTypes,
      String pupilPremium,
      String fsm,
      String fsm6,
      String eal,
      String lookedAfter,
      String serviceChild,
      String ethnicity)
      implements Entry {
    @Override
    public String toString() {
      return "Sensitive[" + row + "]";
    }
  }
}
