package uk.progressstream.local.up;

/** Hears of each part that answers. */
@FunctionalInterface
public interface StartProgress {
  /** What has to come: the foundations, seven services, the gateway. */
  int STEPS = 9;

  /** One more is there. */
  void step(String what);
}
