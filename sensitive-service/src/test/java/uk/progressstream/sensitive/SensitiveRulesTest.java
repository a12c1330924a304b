package uk.progressstream.sensitive;

import uk.progressstream.provisioning.testing.HouseRules;

class SensitiveRulesTest extends HouseRules {
  SensitiveRulesTest() {
    super("uk.progressstream.sensitive");
  }
}
