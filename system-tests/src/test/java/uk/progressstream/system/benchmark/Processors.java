package uk.progressstream.system.benchmark;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import uk.progressstream.system.running.RunningSystem;

/** Who used the machine's processors during a load; the client shares them with the services. */
final class Processors {
  private final RunningSystem system;
  private final Map<String, Long> before;
  private final long begin = System.nanoTime();

  private Processors(RunningSystem system) {
    this.system = system;
    this.before = used(system);
  }

  static Processors watch(RunningSystem system) {
    return new Processors(system);
  }

  /** Each one's share, in processors. */
  String used() {
    double nanos = System.nanoTime() - begin;
    StringBuilder text = new StringBuilder("processors:");
    used(system)
        .forEach(
            (name, now) ->
                text.append(
                    " %s %.2f".formatted(name, (now - before.getOrDefault(name, 0L)) / nanos)));
    return text.toString();
  }

  private static Map<String, Long> used(RunningSystem system) {
    Map<String, Long> used = new LinkedHashMap<>();
    used.put(
        "client",
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime());
    for (String service : new String[] {"identity", "audit", "breach"}) {
      used.put(service, ProcessCpu.ofAllThreads(system.service(service).getLong("pid")));
    }
    used.put("gateway", ProcessCpu.ofAllThreads(system.run().json().getLong("gatewayPid")));
    used.put("postgres", ProcessCpu.ofChildren(postmaster(system)));
    return used;
  }

  private static long postmaster(RunningSystem system) {
    try {
      String data = system.run().json().getJsonObject("postgres").getString("dataDirectory");
      return Long.parseLong(
          java.nio.file.Files.readAllLines(java.nio.file.Path.of(data, "postmaster.pid")).get(0));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
