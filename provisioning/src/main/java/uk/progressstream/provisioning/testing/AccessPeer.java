package uk.progressstream.provisioning.testing;

import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uk.progressstream.contracts.access.AccessChecksGrpc;
import uk.progressstream.contracts.access.CheckLeaseReply;
import uk.progressstream.contracts.access.CheckLeaseRequest;
import uk.progressstream.contracts.access.Revocation;
import uk.progressstream.contracts.access.RevocationsReply;
import uk.progressstream.contracts.access.RevocationsRequest;
import uk.progressstream.provisioning.pki.CredentialFiles;

/**
 * Stands where identity would tell what became of access: over mutual TLS, out of files of the kit,
 * which {@link TestKit} writes. For a service that has peers of its own in a test, the answers are
 * to be had as {@link #checks}.
 */
public final class AccessPeer implements AutoCloseable {
  static final String LEASES = "access/leases";
  static final String REVOCATIONS = "access/revocations";
  static final String SILENT = "access/silent";

  private final Server server;

  private AccessPeer(Server server) {
    this.server = server;
  }

  static AccessPeer serve(Path kit, CredentialFiles own, Path authority) throws IOException {
    return new AccessPeer(
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.newBuilder()
                    .keyManager(own.certificate().toFile(), own.key().toFile())
                    .trustManager(authority.toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(new Checks(kit))
            .build()
            .start());
  }

  /** The answers alone, for a server of the test's own. */
  public static io.grpc.BindableService checks(TestKit kit) {
    return new Checks(kit.directory());
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Checks extends AccessChecksGrpc.AccessChecksImplBase {
    private final Path kit;
    private final Questions questions;

    Checks(Path kit) {
      this.kit = kit;
      this.questions = new Questions(kit, Questions.REVOCATIONS);
    }

    @Override
    public void checkLease(CheckLeaseRequest request, StreamObserver<CheckLeaseReply> answer) {
      boolean live = lines(LEASES).contains(request.getLease() + " " + request.getAccount());
      answer(answer, CheckLeaseReply.newBuilder().setLive(live).build());
    }

    @Override
    public void revocations(RevocationsRequest request, StreamObserver<RevocationsReply> answer) {
      questions.begin();
      questions.end();
      RevocationsReply.Builder reply = RevocationsReply.newBuilder();
      lines(REVOCATIONS).stream().map(Checks::revocation).forEach(reply::addRevocations);
      answer(answer, reply.build());
    }

    private static Revocation revocation(String line) {
      String[] part = line.split(" ", -1);
      return Revocation.newBuilder()
          .setAccount(part[0])
          .setToken(part[1])
          .setRevokedAt(Long.parseLong(part[2]))
          .build();
    }

    private <T> void answer(StreamObserver<T> answer, T reply) {
      if (Files.exists(kit.resolve(SILENT))) {
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      answer.onNext(reply);
      answer.onCompleted();
    }

    private List<String> lines(String file) {
      try {
        return Files.exists(kit.resolve(file)) ? Files.readAllLines(kit.resolve(file)) : List.of();
      } catch (IOException e) {
        throw Status.UNAVAILABLE.asRuntimeException();
      }
    }
  }
}
