package uk.progressstream.local.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.service.Service;
import uk.progressstream.local.up.ServiceStatus;

/** What runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows what runs, whether it is ready and how much memory it holds.")
public final class StatusCommand implements Callable<Integer> {
  private static final int NOT_ALL_READY = 3;

  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    RunFile run = data.run();
    System.out.printf("gateway    %s%n", run.gateway());
    System.out.printf("ca         %s%n", run.authority());
    System.out.printf(
        "%-10s  %-7s  %8s  %9s  %s%n", "service", "ready", "process", "resident", "log");
    boolean allReady = true;
    long total = 0;
    for (Service service : Service.values()) {
      JsonObject json = run.service(service.label());
      ServiceStatus status = ServiceStatus.of(json);
      System.out.printf(
          "%-10s  %-7s  %8d  %5d MiB  %s%n",
          service.label(),
          status.ready() ? "yes" : "no",
          status.pid(),
          status.residentMib(),
          json.getString("logFile"));
      allReady &= status.ready();
      total += status.residentMib();
    }
    System.out.printf("all seven hold %d MiB%n", total);
    return allReady ? 0 : NOT_ALL_READY;
  }
}
