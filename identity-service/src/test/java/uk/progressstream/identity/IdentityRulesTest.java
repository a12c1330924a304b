package uk.progressstream.identity;

import uk.progressstream.provisioning.testing.HouseRules;

class IdentityRulesTest extends HouseRules {
  IdentityRulesTest() {
    super("uk.progressstream.identity");
  }
}
