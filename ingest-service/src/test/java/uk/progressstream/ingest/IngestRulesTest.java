package uk.progressstream.ingest;

import uk.progressstream.provisioning.testing.HouseRules;

class IngestRulesTest extends HouseRules {
  IngestRulesTest() {
    super("uk.progressstream.ingest");
  }
}
