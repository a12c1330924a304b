package uk.progressstream.pseudonym;

import uk.progressstream.provisioning.testing.HouseRules;

class PseudonymRulesTest extends HouseRules {
  PseudonymRulesTest() {
    super("uk.progressstream.pseudonym");
  }
}
