package uk.progressstream.breach;

import uk.progressstream.provisioning.testing.HouseRules;

class BreachRulesTest extends HouseRules {
  BreachRulesTest() {
    super("uk.progressstream.breach");
  }
}
