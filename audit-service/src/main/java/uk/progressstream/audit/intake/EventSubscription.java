package uk.progressstream.audit.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;
import uk.progressstream.transport.Brokers;
import uk.progressstream.transport.Subscription;

/** Reads the topic from start to stop, where there is a broker. */
@ApplicationScoped
public class EventSubscription {
  private @Nullable Subscription subscription;

  void start(@Observes StartupEvent event, Brokers brokers, SubscribedEvents handler) {
    if (brokers.areUsed()) {
      subscription = brokers.subscribe(handler);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (subscription != null) {
      subscription.close();
    }
  }
}
