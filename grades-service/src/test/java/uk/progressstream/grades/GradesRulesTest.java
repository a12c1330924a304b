package uk.progressstream.grades;

import uk.progressstream.provisioning.testing.HouseRules;

class GradesRulesTest extends HouseRules {
  GradesRulesTest() {
    super("uk.progressstream.grades");
  }
}
