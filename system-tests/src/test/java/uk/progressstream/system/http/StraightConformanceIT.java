package uk.progressstream.system.http;

import uk.progressstream.system.running.RunningSystem;

/** Straight at the services, as the gateway has them. */
class StraightConformanceIT extends Conformance {
  StraightConformanceIT(RunningSystem system) {
    super(Door.STRAIGHT, system);
  }
}
