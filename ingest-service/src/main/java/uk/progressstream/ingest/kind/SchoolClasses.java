package uk.progressstream.ingest.kind;

import java.util.Map;
import java.util.Set;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.value.Checked;
import uk.progressstream.ingest.value.IdentityShape;

/**
 * The classes of one school that the caller's scope covers.
 *
 * @param idByCode class id by the code that uploads call it
 * @param subjects subjects of those classes
 */
public record SchoolClasses(Map<String, String> idByCode, Set<String> subjects) {

  /** The id of the class that a cell names. */
  Checked<String> check(String code) {
    String id = idByCode.get(code);
    return id != null
        ? Checked.good(id)
        : Checked.refused(IdentityShape.orElse(code, ProblemCode.UNKNOWN_CLASS));
  }
}
