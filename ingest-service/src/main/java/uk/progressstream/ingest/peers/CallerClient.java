package uk.progressstream.ingest.peers;

import io.quarkus.grpc.GrpcClientUtils;
import io.quarkus.grpc.MutinyClient;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.access.TravellingScope;

/** Clients that call under a caller's scope. */
final class CallerClient {
  private CallerClient() {}

  /**
   * The client that calls under the caller's scope.
   *
   * @param injected what Quarkus injects for a service's interface: a proxy, and the client is
   *     behind it
   */
  static <T extends MutinyClient<?>> T of(Class<T> type, Object injected, Caller caller) {
    return TravellingScope.attach(type.cast(GrpcClientUtils.getProxiedObject(injected)), caller);
  }
}
