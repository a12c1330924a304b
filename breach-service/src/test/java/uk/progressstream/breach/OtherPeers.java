package uk.progressstream.breach;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import uk.progressstream.contracts.audit.Alarm;
import uk.progressstream.contracts.audit.BlastRadiusGrpc;
import uk.progressstream.contracts.audit.BlastRadiusReply;
import uk.progressstream.contracts.audit.BlastRadiusRequest;
import uk.progressstream.contracts.audit.ListAlarmsReply;
import uk.progressstream.contracts.audit.ListAlarmsRequest;
import uk.progressstream.contracts.audit.LogAlarmsGrpc;
import uk.progressstream.contracts.audit.Touch;
import uk.progressstream.contracts.identity.EndErrandReply;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.ErrandsGrpc;
import uk.progressstream.contracts.identity.SchoolsReply;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.contracts.identity.TakeErrandReply;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.testing.AccessPeer;
import uk.progressstream.provisioning.testing.TestKit;

/**
 * Identity and audit as breach meets them: gRPC over mutual TLS, with logs that the test gives.
 * Like the real audit it answers about a school only to that school's errand.
 */
public final class OtherPeers implements AutoCloseable {
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("ps-access-token", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> TOKEN = Context.key("token");

  /** What the log of each school says. */
  public final Map<UUID, List<Touch>> logs = new LinkedHashMap<>();

  /** What was asked, in order. */
  public final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /** What the log is alarmed by. */
  public final List<Alarm> alarms = new CopyOnWriteArrayList<>();

  private final Server server;

  /** Starts both where the service looks for them. */
  public OtherPeers(TestKit kit) throws IOException {
    CredentialFiles files = kit.filesOf("localhost");
    int port = ConfigProvider.getConfig().getValue(OtherPeersResource.PORT, Integer.class);
    server =
        Grpc.newServerBuilderForPort(
                port,
                TlsServerCredentials.newBuilder()
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .trustManager(kit.authorityFile().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(new Identity())
            .addService(new Audit())
            .addService(new AuditAlarms())
            .addService(AccessPeer.checks(kit))
            .intercept(new TokenReader())
            .build()
            .start();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Identity extends ErrandsGrpc.ErrandsImplBase {
    @Override
    public void schools(SchoolsRequest request, StreamObserver<SchoolsReply> answer) {
      calls.add("schools");
      List<String> ids = logs.keySet().stream().map(UUID::toString).toList();
      answer.onNext(
          SchoolsReply.newBuilder()
              .addAllIds(
                  ids.stream()
                      .skip(ids.indexOf(request.getAfter()) + 1)
                      .limit(request.getLimit())
                      .toList())
              .build());
      answer.onCompleted();
    }

    @Override
    public void take(TakeErrandRequest request, StreamObserver<TakeErrandReply> answer) {
      calls.add("take " + request.getPurpose() + " " + request.getSchool());
      answer.onNext(
          TakeErrandReply.newBuilder()
              .setAccessToken("errand-" + request.getSchool())
              .setErrand(request.getSchool())
              .build());
      answer.onCompleted();
    }

    @Override
    public void end(EndErrandRequest request, StreamObserver<EndErrandReply> answer) {
      calls.add("end " + request.getErrand());
      answer.onNext(EndErrandReply.getDefaultInstance());
      answer.onCompleted();
    }
  }

  private final class Audit extends BlastRadiusGrpc.BlastRadiusImplBase {
    @Override
    public void query(BlastRadiusRequest request, StreamObserver<BlastRadiusReply> answer) {
      calls.add("query " + request.getSchool());
      List<Touch> touches = logs.get(UUID.fromString(request.getSchool()));
      if (!("errand-" + request.getSchool()).equals(TOKEN.get()) || touches == null) {
        answer.onError(Status.PERMISSION_DENIED.asRuntimeException());
      } else if (touches.stream().anyMatch(touch -> touch.getKind().equals("no.answer"))) {
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
      } else {
        answer.onNext(BlastRadiusReply.newBuilder().addAllTouches(touches).build());
        answer.onCompleted();
      }
    }
  }

  private final class AuditAlarms extends LogAlarmsGrpc.LogAlarmsImplBase {
    @Override
    public void list(ListAlarmsRequest request, StreamObserver<ListAlarmsReply> answer) {
      answer.onNext(ListAlarmsReply.newBuilder().addAllAlarms(alarms).build());
      answer.onCompleted();
    }
  }

  private static final class TokenReader implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String token = String.valueOf(headers.get(HEADER));
      return Contexts.interceptCall(Context.current().withValue(TOKEN, token), call, headers, next);
    }
  }
}
