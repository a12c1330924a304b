package uk.progressstream.sensitive.pupil;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sensitive fields of one pupil in one class, as a reader gets them; null where not said.
 *
 * @param psId the pupil's pseudonym
 * @param school the school
 * @param schoolClass id of the class, {@code class} in JSON
 * @param senProvision N, K or E
 * @param senTypes ranked
 * @param pupilPremium why the pupil attracts it
 * @param fsm free school meals now
 * @param fsm6 free school meals in the last six years
 * @param eal first language
 * @param lookedAfter looked after by a local authority
 * @param serviceChild a parent in the forces
 * @param ethnicity census code
 */
public record Pupil(
    UUID psId,
    UUID school,
    @JsonProperty("class") UUID schoolClass,
    @Nullable String senProvision,
    List<String> senTypes,
    @Nullable String pupilPremium,
    @Nullable String fsm,
    @Nullable String fsm6,
    @Nullable String eal,
    @Nullable String lookedAfter,
    @Nullable String serviceChild,
    @Nullable String ethnicity) {

  /** What a reader gets to see, as the log and the header of a download name it. */
  public static final List<String> COLUMNS =
      List.of(
          "psId",
          "school",
          "class",
          "senProvision",
          "senTypes",
          "pupilPremium",
          "fsm",
          "fsm6",
          "eal",
          "lookedAfter",
          "serviceChild",
          "ethnicity");

  static Pupil of(SealedPupil row, SensitiveFields fields) {
    return new Pupil(
        row.psId(),
        row.school(),
        row.schoolClass(),
        said(fields.senProvision()),
        fields.senTypes(),
        said(fields.pupilPremium()),
        said(fields.fsm()),
        said(fields.fsm6()),
        said(fields.eal()),
        said(fields.lookedAfter()),
        said(fields.serviceChild()),
        said(fields.ethnicity()));
  }

  /** Without the fields. */
  @Override
  public String toString() {
    return "Pupil[" + psId + "]";
  }

  private static @Nullable String said(String code) {
    return code.isEmpty() ? null : code;
  }
}
