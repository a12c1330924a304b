package uk.progressstream.sensitive.pupil;

import java.util.Arrays;
import java.util.UUID;
import uk.progressstream.contracts.sensitive.SensitiveRow;

/** Rows as ingest sends them. */
final class SampleRows {
  private SampleRows() {}

  /** Everything is said, in codes that no database holds by itself. */
  static SensitiveRow full(UUID psId, UUID... classes) {
    return empty(psId, classes).toBuilder()
        .setSenProvision("E")
        .addSenTypes("SLCN")
        .addSenTypes("PMLD")
        .setPupilPremium("EVER6")
        .setFsm("N")
        .setFsm6("Y")
        .setEal("OTB")
        .setLookedAfter("N")
        .setServiceChild("U")
        .setEthnicity("WROM")
        .build();
  }

  /** Nothing is said. */
  static SensitiveRow empty(UUID psId, UUID... classes) {
    return SensitiveRow.newBuilder()
        .setPsId(psId.toString())
        .addAllClassIds(Arrays.stream(classes).map(UUID::toString).toList())
        .build();
  }
}
