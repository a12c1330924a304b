package uk.progressstream.ingest.run;

import java.util.Locale;

/** Where an upload stands. */
public enum UploadState {
  /** It is known; its header has not been read yet. */
  RECEIVED,
  /** Rows are being read and stored. */
  RUNNING,
  /** It waits for a person's word (comes with the mass-change brake). */
  WAITING,
  /** Every row is stored. */
  COMPLETED,
  /** Every row was read; some were refused, the others are stored. */
  COMPLETED_WITH_PROBLEMS,
  /** The file was refused before any row was read; nothing is stored. */
  REFUSED,
  /** It ended early; what the counts say is stored. Sending the file again is safe. */
  FAILED,
  /** A person stopped it (comes with a later issue). */
  CANCELLED,
  /** A person undid it (comes with a later issue). */
  ROLLED_BACK;

  /** The name on the outside, such as {@code completed-with-problems}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The state of a slug that {@link #slug()} made. */
  public static UploadState ofSlug(String slug) {
    return valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether nothing more will happen. */
  public boolean ended() {
    return this != RECEIVED && this != RUNNING && this != WAITING;
  }
}
