package uk.progressstream.identity.history;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/** Where the page before ended: changes come newest first. */
record ChangeCursor(@Nullable OffsetDateTime at, @Nullable UUID id) {

  /**
   * Reads {@link Change#cursor}.
   *
   * @throws Problem 400 for a text that no page gave
   */
  static ChangeCursor read(@Nullable String after) {
    if (after == null) {
      return new ChangeCursor(null, null);
    }
    String[] part = after.split("~", -1);
    try {
      if (part.length == 2) {
        return new ChangeCursor(OffsetDateTime.parse(part[0]), UUID.fromString(part[1]));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // The same answer as for any other text.
    }
    throw Problem.badRequest(
        "bad-cursor", "Cursor not understood", "Send the value of next of the page before.");
  }
}
