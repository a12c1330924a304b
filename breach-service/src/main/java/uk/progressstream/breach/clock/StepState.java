package uk.progressstream.breach.clock;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a step stands. */
public enum StepState {
  /** Not done, and still in time. */
  OPEN("open"),
  /** Done in time. */
  MET("met"),
  /** Its time has passed, whether it was done afterwards or not. */
  MISSED("missed");

  private final String code;

  StepState(String code) {
    this.code = code;
  }

  /** The word in answers. */
  @JsonValue
  public String code() {
    return code;
  }
}
