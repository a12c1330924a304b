package uk.progressstream.system.http;

import uk.progressstream.system.running.RunningSystem;

/** Straight at the services, as the gateway has them. */
class StraightConformance extends Conformance {
  StraightConformance(RunningSystem system) {
    super(Door.STRAIGHT, system);
  }
}
