package uk.progressstream.audit;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerContract;
import uk.progressstream.provisioning.testing.ServiceTestResource;

@QuarkusTest
@Proves("D2")
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class PeerTest extends PeerContract {}
