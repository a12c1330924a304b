package uk.progressstream.ingest.upload;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerContract;

@QuarkusTest
@Proves("D2")
@WithTestResource(IngestTestResource.class)
class PeerTest extends PeerContract {}
