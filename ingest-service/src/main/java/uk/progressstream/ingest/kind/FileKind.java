package uk.progressstream.ingest.kind;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file that can be uploaded, each with the only columns that it may have. */
public enum FileKind {
  /** Which pupils are in which class. */
  PUPILS(List.of("enrollment_id", "class"), List.of("year_group", "postcode")),
  /** Grades and targets, one a row. */
  GRADES(
      List.of("enrollment_id", "class", "subject", "qualification", "period", "kind", "grade"),
      List.of()),
  /** What is held apart: special needs, Pupil Premium and the like, one pupil a row. */
  SENSITIVE(
      List.of("enrollment_id"),
      List.of(
          "sen_provision",
          "sen_type",
          "pupil_premium",
          "fsm",
          "fsm6",
          "eal",
          "looked_after",
          "service_child",
          "ethnicity"));

  private final List<String> required;
  private final List<String> optional;

  FileKind(List<String> required, List<String> optional) {
    this.required = required;
    this.optional = optional;
  }

  /** Columns that the header must have. */
  public List<String> required() {
    return required;
  }

  /** Whether this kind of file may have such a column. */
  public boolean allows(String column) {
    return required.contains(column) || optional.contains(column);
  }

  /** The name on the outside, such as {@code pupils}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this name, or empty for one that is not built. */
  public static Optional<FileKind> ofSlug(String slug) {
    return Arrays.stream(values()).filter(kind -> kind.slug().equals(slug)).findFirst();
  }
}
