package uk.progressstream.local.up;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.IssuerAddresses;
import uk.progressstream.local.issuer.LocalIssuers;

/** Puts together what {@code run.json} says. */
final class RunDescription {
  private RunDescription() {}

  static RunFile of(
      Foundations base, Processes processes, String gateway, Instant startedAt, double seconds) {
    JsonObject services = new JsonObject();
    processes
        .services()
        .forEach(running -> services.put(running.service().label(), running.json()));
    return new RunFile(
        new JsonObject()
            .put("gateway", gateway)
            .put("caFile", base.authorityFile().toString())
            .put("launcher", ProcessHandle.current().pid())
            .put("gatewayPid", processes.gatewayPid())
            .put("gatewayProcess", processes.gateway())
            .put("startedAt", startedAt.toString())
            .put("startSeconds", seconds)
            .put("issuers", issuers(LocalIssuers.addresses(base.issuerPorts())))
            .put("postgres", postgres(base))
            .put("services", services));
  }

  private static JsonObject issuers(IssuerAddresses issuers) {
    return new JsonObject().put("google", issuers.google()).put("microsoft", issuers.microsoft());
  }

  private static JsonObject postgres(Foundations base) {
    return new JsonObject()
        .put("host", base.postgres().host())
        .put("port", base.postgres().port())
        .put("dataDirectory", base.postgres().dataDirectory().toString());
  }
}
