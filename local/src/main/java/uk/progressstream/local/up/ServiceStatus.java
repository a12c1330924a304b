package uk.progressstream.local.up;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import uk.progressstream.local.process.Memory;
import uk.progressstream.local.service.ServiceAddress;

/**
 * How a service is.
 *
 * @param pid its process
 * @param ready whether it says that it is
 * @param residentMib memory it holds
 */
public record ServiceStatus(long pid, boolean ready, long residentMib) {

  /** Asks the service that an entry of {@code run.json} names. */
  public static ServiceStatus of(JsonObject service) {
    long pid = service.getLong("pid");
    int managementPort = URI.create(service.getString("managementUrl")).getPort();
    boolean ready =
        new Readiness().isReady(new ServiceAddress(service.getInteger("port"), managementPort));
    return new ServiceStatus(pid, ready, Memory.resident(pid) >> 20);
  }
}
