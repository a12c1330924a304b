package uk.progressstream.transport.pubsub;

import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import uk.progressstream.transport.EventsConfig;

/** Google's own Pub/Sub, with the credentials of the machine (Workload Identity on GKE). */
@ApplicationScoped
class GoogleCloud {
  private static final int MESSAGE_BYTES_MAX = 20 << 20;

  @Produces
  @Dependent
  @DefaultBean
  PubSubConnection connection(EventsConfig config) {
    return new PubSubConnection(
        config.pubsubProject().orElseThrow(),
        SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder()
            .setMaxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build(),
        SubscriptionAdminSettings.defaultCredentialsProviderBuilder().build());
  }
}
