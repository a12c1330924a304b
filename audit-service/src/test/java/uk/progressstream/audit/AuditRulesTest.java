package uk.progressstream.audit;

import uk.progressstream.provisioning.testing.HouseRules;

class AuditRulesTest extends HouseRules {
  AuditRulesTest() {
    super("uk.progressstream.audit");
  }
}
