package uk.progressstream.sensitive.pupil;

import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.contracts.sensitive.SensitiveIntakeGrpc;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.contracts.sensitive.StoreSensitiveReply;
import uk.progressstream.contracts.sensitive.StoreSensitiveRequest;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A peer that hands over sensitive fields over mutual TLS, under some scope. */
final class IngestPeer implements AutoCloseable {
  private final TestKit kit;
  private final PeerChannel channel;

  IngestPeer(URL service) {
    this(service, "ingest");
  }

  IngestPeer(URL service, String name) {
    kit = TestKit.current();
    channel = PeerChannel.open(service, kit, name);
  }

  String uploaderOf(UUID school) {
    Scope scope =
        Tokens.schools(UUID.randomUUID(), Set.of(school), "sensitive:read", "sensitive:write");
    return kit.tokens().mint(scope, "partner-system");
  }

  StoreSensitiveReply store(UUID school, SensitiveRow... rows) {
    return store(uploaderOf(school), school, List.of(rows));
  }

  StoreSensitiveReply store(String token, UUID school, List<SensitiveRow> rows) {
    StoreSensitiveRequest request =
        StoreSensitiveRequest.newBuilder()
            .setSchool(school.toString())
            .setUpload(UUID.randomUUID().toString())
            .addAllRows(rows)
            .build();
    return SensitiveIntakeGrpc.newBlockingStub(channel.withToken(token)).store(request);
  }

  @Override
  public void close() {
    channel.close();
  }
}
