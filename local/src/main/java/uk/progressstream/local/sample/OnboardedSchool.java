package uk.progressstream.local.sample;

import java.util.Map;
import java.util.UUID;
import uk.progressstream.local.Failure;

/**
 * A sample school in the system.
 *
 * @param plan who does what there
 * @param id its id
 * @param classes ids by code
 */
public record OnboardedSchool(SamplePlan plan, UUID id, Map<String, UUID> classes) {

  /** Id of a class. */
  public UUID classId(String code) {
    UUID id = classes.get(code);
    if (id == null) {
      throw new Failure("school " + plan.code() + " has no class " + code);
    }
    return id;
  }
}
