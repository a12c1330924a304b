package uk.progressstream.grades;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerContract;
import uk.progressstream.provisioning.testing.ServiceTestResource;

@QuarkusTest
@Proves("D2")
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class PeerTest extends PeerContract {}
