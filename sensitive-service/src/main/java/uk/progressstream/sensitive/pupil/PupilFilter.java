package uk.progressstream.sensitive.pupil;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose fields a reader asks for.
 *
 * @param schoolClass id of a class; null means all that the scope holds
 */
public record PupilFilter(@Nullable UUID schoolClass) {
  /** For the log. */
  Map<String, String> described() {
    return schoolClass == null ? Map.of() : Map.of("class", schoolClass.toString());
  }
}
