package uk.progressstream.audit.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.audit.EventFeed;
import uk.progressstream.audit.TestLog;
import uk.progressstream.contracts.events.Event;
import uk.progressstream.log.verify.GoVerifier;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@Proves("D14")
@WithTestResource(TestLog.class)
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "audit"))
class ServedLogByGoTest {
  @TestHTTPResource(value = "/", tls = true)
  URL service;

  @TempDir Path scratch;

  @Test
  @DisplayName("Go's sumdb verifies the log that the service serves, and a school's proof from it")
  void goVerifiesTheServedLog() throws Exception {
    assumeTrue(GoVerifier.isThere(), GoVerifier.MISSING);
    TestKit kit = TestKit.current();
    UUID school = UUID.randomUUID();
    EventFeed feed = new EventFeed(service, kit, "grades", school);
    Event event = feed.next();
    feed.deliver(event);
    feed.deliver(feed.next(400));
    ServedLog log = new ServedLog(service, kit);
    log.saveTo(scratch.resolve("log"));
    String admin =
        kit.tokens().mint(Tokens.schools(UUID.randomUUID(), Set.of(school), "audit:read"), "admin");
    String proof =
        new ServiceClient(service, kit.tlsOf("gateway"))
            .get("/audit/v1/records/" + event.getId() + "/proof", admin)
            .body();
    Path file = Files.writeString(scratch.resolve("one.tlog-proof"), proof);

    GoVerifier.Result result =
        GoVerifier.run(scratch, scratch.resolve("log"), log.key().text(), List.of(file));

    assertThat(result.output()).startsWith("verified ").endsWith(" leaves, 1 proofs\n");
    assertThat(result.exitCode()).isZero();
  }
}
