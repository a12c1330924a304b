package uk.progressstream.sensitive.key;

import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.keys.SchoolKeys;
import uk.progressstream.platform.outbox.Outbox;

/** Opens the keys when the service starts, so that a missing folder is noticed then. */
@Dependent
public class KeysProducer {

  @Produces
  @Singleton
  @Startup
  SchoolKeys schoolKeys(KeysConfig config, ScopedDatabase database, Outbox outbox, Vertx vertx)
      throws IOException, GeneralSecurityException {
    return SchoolKeys.open(config, database, outbox, vertx);
  }
}
