package uk.progressstream.ingest.upload;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.testing.AccessPeer;
import uk.progressstream.provisioning.testing.TestKit;

/** The peers that ingest calls, behind one mutual-TLS port of this test's own. */
final class PeerServer implements AutoCloseable {
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("ps-access-token", Metadata.ASCII_STRING_MARSHALLER);

  final FakeVault vault = new FakeVault();
  final FakeStores stores = new FakeStores();
  final FakeDirectory directory = new FakeDirectory();
  private final AtomicInteger failures = new AtomicInteger();
  private final Server server;
  private volatile Status failure = Status.UNAVAILABLE;

  PeerServer(TestKit kit) throws IOException {
    CredentialFiles own = kit.filesOf("peers");
    this.server =
        Grpc.newServerBuilderForPort(
                ConfigProvider.getConfig().getValue(IngestTestResource.PEERS_PORT, Integer.class),
                TlsServerCredentials.newBuilder()
                    .keyManager(own.certificate().toFile(), own.key().toFile())
                    .trustManager(kit.authorityFile().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(ServerInterceptors.intercept(directory, new Gate()))
            .addService(ServerInterceptors.intercept(vault, new Gate()))
            .addService(ServerInterceptors.intercept(stores.grades(), new Gate()))
            .addService(ServerInterceptors.intercept(stores.sensitive(), new Gate()))
            .addService(AccessPeer.checks(kit))
            .build()
            .start();
  }

  /** The next calls fail. */
  void failNext(int calls, Status status) {
    failure = status;
    failures.set(calls);
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** Lets nobody in without a travelling scope, and fails where the test says so. */
  private final class Gate implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (headers.get(TOKEN) == null) {
        call.close(Status.UNAUTHENTICATED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        call.close(failure, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }
}
