package uk.progressstream.platform.access;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.GrpcClientUtils;
import io.quarkus.grpc.MutinyClient;
import jakarta.enterprise.context.ApplicationScoped;

/** Carries the caller's access token from service to service, beside the peer's own certificate. */
@GlobalInterceptor
@ApplicationScoped
public class TravellingScope implements ServerInterceptor {
  static final Context.Key<String> TOKEN = Context.key("ps-access-token");
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("ps-access-token", Metadata.ASCII_STRING_MARSHALLER);

  /** The same client, calling under the caller's scope. */
  public static <T extends MutinyClient<?>> T attach(T client, Caller caller) {
    Metadata metadata = new Metadata();
    metadata.put(HEADER, caller.token());
    return GrpcClientUtils.attachHeaders(client, metadata);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String token = headers.get(HEADER);
    Context context = token == null ? Context.current() : Context.current().withValue(TOKEN, token);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
