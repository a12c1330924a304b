package uk.progressstream.pseudonym.key;

import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.keys.SchoolKeys;

/** Opens the keys when the service starts, so that a missing folder is noticed then. */
@Dependent
public class KeysProducer {

  @Produces
  @Singleton
  @Startup
  SchoolKeys schoolKeys(KeysConfig config, ScopedDatabase database, Vertx vertx)
      throws IOException, GeneralSecurityException {
    return SchoolKeys.open(config, database, vertx);
  }
}
