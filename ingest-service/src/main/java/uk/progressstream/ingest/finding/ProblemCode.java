package uk.progressstream.ingest.finding;

import java.util.Locale;

/**
 * Everything that can be wrong with an upload. The code is stable (clients and stored problems hold
 * on to it); the hint says what to do. Neither ever holds a piece of the file.
 */
public enum ProblemCode {
  // The file as a whole: row 0.
  EMPTY_FILE("The file has no header row. Send a CSV file whose first row names its columns."),
  NOT_TEXT("This is not a CSV text file. Save the sheet as CSV and send that."),
  UTF_16("The file is UTF-16. Save it as CSV UTF-8."),
  BAD_ENCODING("The file mixes text encodings from this row on. Save it as CSV UTF-8."),
  NOT_COMMA_SEPARATED(
      "The columns are not separated by commas. Save the sheet as comma-separated values."),
  LINE_TOO_LONG(
      "The row is too long: a quotation mark is probably never closed. Rows from here on were not read."),
  TOO_MANY_COLUMNS("The row has too many columns. Rows from here on were not read."),
  TOO_MANY_ROWS("The file has too many rows. Split it; rows from here on were not read."),
  FILE_TOO_LARGE("The file is too large. Split it; rows from here on were not read."),
  BODY_CUT_OFF("The connection ended before the file did. Send the whole file again."),
  TOO_SLOW("The file arrived too slowly. Send the whole file again, over a faster connection."),

  // The header row: row 1. Any of these refuses the whole file.
  IDENTITY_COLUMN(
      "This column identifies a person and is never accepted. Remove it from the export."),
  UNKNOWN_COLUMN("This kind of file has no such column. Remove it from the export."),
  DUPLICATE_COLUMN("The column is there twice. Remove one."),
  MISSING_COLUMN("This kind of file needs this column. Add it, or rename the one that holds it."),
  UNNAMED_COLUMN("The column has no name. Remove it from the export."),

  // One row, which is refused alone.
  CUT_OFF("The file ends in the middle of this row. Export it again and send the whole file."),
  EXTRA_CELL("The row has a cell beyond the last column."),
  EMPTY("A value is needed here."),
  TOO_LONG("The value is longer than any accepted value."),
  FORMULA("The cell is a spreadsheet formula. Export values only."),
  EMAIL("This looks like an e-mail address, which is never accepted."),
  PHONE("This looks like a phone number, which is never accepted."),
  DATE_OF_BIRTH("This looks like a date of birth, which is never accepted."),
  ADDRESS("This looks like an address, which is never accepted."),
  PERSON_NAME("This looks like a person's name, which is never accepted."),
  UPN("This is a Unique Pupil Number. Use an id that only your school knows."),
  UPN_LIKE("This has the form of a Unique Pupil Number. Use an id that only your school knows."),
  BAD_ENROLLMENT_ID(
      "An enrollment id is 1 to 32 of the characters A-Z a-z 0-9 . _ / - and has a digit."),
  UNKNOWN_CLASS(
      "The school has no class with this code that you may use. Create the class, or correct the code."),
  BAD_YEAR_GROUP("A year group is N1, N2, R or 1 to 14."),
  NOT_A_POSTCODE("This is not a British postcode. Correct it, or leave the cell empty."),
  UNKNOWN_SUBJECT("The subject is neither in the list nor a subject of the school's classes."),
  UNKNOWN_QUALIFICATION("The qualification has no grade scale here."),
  BAD_PERIOD(
      "A period is made of years, terms and short codes: 2025, 2024-25 Autumn 2, P3, G1, Y11 mock."),
  UNKNOWN_CODE("The code is not in the list of this column."),
  GRADE_NOT_IN_SCALE("The grade is not in its scale."),
  SEN_TYPE_WITHOUT_PROVISION("A type of need goes with provision K or E only."),
  SEN_TYPE_NEEDS_K("NSA (no specialist assessment) goes with provision K only."),
  REPEATED_CODE("The same code is there twice."),
  UNKNOWN_PUPIL("No pupil with this enrollment id is known. Upload the pupils first."),

  // What stopped an upload that was readable: row 0.
  PEER_UNAVAILABLE(
      "A part of the system did not answer. Rows up to the counts are stored; send the file again."),
  PEER_REFUSED(
      "A part of the system refused the rows. Rows up to the counts are stored; ask for help."),
  TOKEN_EXPIRED(
      "The access token ran out. Rows up to the counts are stored; send the file again, or split it."),
  STOPPED("The service stopped. Rows up to the counts are stored; send the file again."),
  MORE_PROBLEMS("There are more problems than are listed. Correct these and send the file again.");

  private final String hint;

  ProblemCode(String hint) {
    this.hint = hint;
  }

  /** What to do, for the person who sent the file. */
  public String hint() {
    return hint;
  }

  /** The name on the outside, such as {@code unknown-class}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The code of a slug that {@link #slug()} made. */
  public static ProblemCode ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
