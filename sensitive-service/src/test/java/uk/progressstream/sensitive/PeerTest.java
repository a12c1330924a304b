package uk.progressstream.sensitive;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerContract;

@QuarkusTest
@Proves("D2")
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class PeerTest extends PeerContract {}
