package uk.progressstream.identity;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerContract;

@QuarkusTest
@Proves("D2")
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class PeerTest extends PeerContract {}
