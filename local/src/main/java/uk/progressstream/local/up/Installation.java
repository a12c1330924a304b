package uk.progressstream.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.DataDirectory;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.service.JavaCommand;
import uk.progressstream.local.service.Service;
import uk.progressstream.local.service.ServiceAddress;
import uk.progressstream.local.service.ServiceAddresses;
import uk.progressstream.provisioning.ports.Ports;

/**
 * Everything together on this machine: foundations, services, gateway. Stopped the other way round.
 */
public final class Installation implements AutoCloseable {
  /** How long a start may take at the most, on a machine that is busy. */
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);

  private static final long POLL_MS = 100;
  private static final int PORT_MAX = 65_535;

  private final DataDirectory data;
  private final ServiceAddresses addresses;
  private final ServiceAddress gateway;
  private final Consumer<String> says;
  private final Processes processes;
  private final Instant startedAt = Instant.now();
  private @Nullable Foundations foundations;
  private double startSeconds;
  private boolean ready;
  private volatile boolean stopping;

  private Installation(
      Checkout checkout,
      DataDirectory data,
      ServiceAddresses addresses,
      ServiceAddress gateway,
      boolean prepare,
      Consumer<String> says) {
    this.data = data;
    this.addresses = addresses;
    this.gateway = gateway;
    this.says = says;
    JavaCommand java = new JavaCommand(checkout.root(), prepare);
    this.processes = new Processes(checkout, java, data, addresses, gateway, says, this::restarted);
  }

  /**
   * Opens the data directory and chooses ports; starts nothing yet.
   *
   * @param says gets lines for a person
   * @throws Failure if the port is taken or the directory is in use
   */
  public static Installation prepare(Checkout checkout, UpOptions options, Consumer<String> says)
      throws IOException {
    if (options.port() < 0 || options.port() > PORT_MAX) {
      throw new Failure("--port takes a number from 0 to " + PORT_MAX);
    }
    DataDirectory data = DataDirectory.open(options.data(), options.temporary());
    try {
      LeftBehind.end(data.path());
      if (options.port() != 0 && !Ports.isFree(options.port())) {
        throw new Failure(
            "port %d is in use; choose another with --port, or 0 for any"
                .formatted(options.port()));
      }
      List<Integer> free = Ports.free(2);
      ServiceAddress gateway =
          new ServiceAddress(options.port() == 0 ? free.get(0) : options.port(), free.get(1));
      return new Installation(
          checkout, data, ServiceAddresses.choose(), gateway, options.prepare(), says);
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /**
   * Starts everything; returns once all answer and {@code run.json} is written.
   *
   * @throws Failure if {@link #close} came in between
   */
  public void start(StartProgress progress) throws IOException {
    Foundations base = startFoundations();
    progress.step("PostgreSQL and the sign-in issuers");
    processes.start(base);
    awaitAll(progress);
    synchronized (this) {
      startSeconds = secondsSinceStart();
      ready = true;
    }
    writeRunFile();
  }

  /** Whoever stops it meanwhile waits here, and then finds what there is to stop. */
  private synchronized Foundations startFoundations() throws IOException {
    if (stopping) {
      throw new Failure("stopped before it had started");
    }
    Foundations base = Foundations.start(data);
    base.watch(says);
    foundations = base;
    return base;
  }

  /** Whether {@link #close} has begun. */
  public boolean isStopping() {
    return stopping;
  }

  /** Seconds from this launcher's begin until everything answered. */
  public synchronized double startSeconds() {
    return startSeconds;
  }

  private double secondsSinceStart() {
    return Duration.between(startedAt, Instant.now()).toMillis() / 1000.0;
  }

  /** Where everything is kept. */
  public Path directory() {
    return data.path();
  }

  /** Address that people use. */
  public String gatewayUrl() {
    return "https://localhost:" + gateway.port();
  }

  /** Where the authority's certificate is. */
  public Path authorityFile() {
    return data.resolve("ca.crt");
  }

  /** Stops all that was started, at any time, in the middle of a start, too. */
  @Override
  public void close() throws IOException {
    stopping = true;
    Foundations base;
    synchronized (this) {
      ready = false;
      base = foundations;
    }
    processes.close();
    try {
      Files.deleteIfExists(data.resolve(RunFile.NAME));
    } finally {
      try {
        if (base != null) {
          base.close();
        }
      } finally {
        data.close();
      }
    }
  }

  private void awaitAll(StartProgress progress) {
    Readiness readiness = new Readiness();
    List<Service> waiting = new ArrayList<>(List.of(Service.values()));
    Instant deadline = Instant.now().plus(READY_WITHIN);
    while (!waiting.isEmpty() || !readiness.isReady(gateway)) {
      for (Service service : List.copyOf(waiting)) {
        if (readiness.isReady(addresses.of(service))) {
          waiting.remove(service);
          progress.step(service.label());
        }
      }
      if (Instant.now().isAfter(deadline)) {
        throw new Failure(
            "not ready within %d s: %s; see %s"
                .formatted(READY_WITHIN.toSeconds(), labels(waiting), data.resolve("logs")));
      }
      pause();
    }
    progress.step("gateway");
  }

  private static String labels(List<Service> services) {
    return services.isEmpty()
        ? "gateway"
        : services.stream().map(Service::label).collect(Collectors.joining(", "));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted");
    }
  }

  /** A process that was started again has another id. */
  private void restarted() {
    try {
      writeRunFile();
    } catch (IOException e) {
      says.accept("run.json cannot be written: " + e.getMessage());
    }
  }

  private synchronized void writeRunFile() throws IOException {
    Foundations base = foundations;
    if (ready && base != null) {
      RunDescription.of(base, processes, gatewayUrl(), startedAt, startSeconds).write(data.path());
    }
  }
}
