package uk.progressstream.local.up;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import uk.progressstream.local.process.Supervised;
import uk.progressstream.local.service.Service;
import uk.progressstream.local.service.ServiceAddress;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CredentialFiles;

/**
 * One service, running.
 *
 * @param service which
 * @param process its process, whichever it is by now
 * @param address where it listens
 * @param database its own
 * @param credential its certificate
 * @param log its log
 */
record RunningService(
    Service service,
    Supervised process,
    ServiceAddress address,
    ServiceDatabase database,
    CredentialFiles credential,
    Path log) {

  /** What {@code run.json} says of it. */
  JsonObject json() {
    return new JsonObject()
        .put("pid", process.pid())
        .put("port", address.port())
        .put("managementUrl", address.managementUrl())
        .put("logFile", log.toString())
        .put("clientCertificate", credential.certificate().toString())
        .put("clientKey", credential.key().toString())
        .put(
            "database",
            new JsonObject()
                .put("name", database.name())
                .put("appUser", DatabaseRole.SCHOOL.of(database.name()))
                .put("appPassword", database.password(DatabaseRole.SCHOOL)));
  }

  /** Without passwords. */
  @Override
  public String toString() {
    return "RunningService[" + service.label() + "]";
  }
}
