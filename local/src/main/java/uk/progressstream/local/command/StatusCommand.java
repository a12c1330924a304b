package uk.progressstream.local.command;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import uk.progressstream.local.installation.DataDirectory;
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
        "%-10s  %-7s  %8s  %9s  %s%n", "program", "ready", "process", "resident", "log");
    boolean allReady = true;
    long total = 0;
    Map<String, JsonObject> programs = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      programs.put(service.label(), run.service(service.label()));
    }
    programs.put("gateway", run.json().getJsonObject("gatewayProcess"));
    for (Map.Entry<String, JsonObject> program : programs.entrySet()) {
      ServiceStatus status = ServiceStatus.of(program.getValue());
      print(program.getKey(), status, program.getValue());
      allReady &= status.ready();
      total += status.residentMib();
    }
    System.out.printf("all eight hold %d MiB%n", total);
    Optional<DataDirectory> idle = DataDirectory.openIdle(data.directory());
    if (idle.isPresent()) {
      idle.get().close();
      System.out.println(
          "what started these has been killed; ./progress-stream stop ends them, up starts anew");
    }
    return allReady ? 0 : NOT_ALL_READY;
  }

  private static void print(String program, ServiceStatus status, JsonObject json) {
    System.out.printf(
        "%-10s  %-7s  %8d  %5d MiB  %s%n",
        program,
        status.ready() ? "yes" : "no",
        status.pid(),
        status.residentMib(),
        json.getString("logFile"));
  }
}
