package uk.progressstream.local.up;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.DataDirectory;
import uk.progressstream.local.installation.Secrets;
import uk.progressstream.local.issuer.LocalIssuers;
import uk.progressstream.local.process.Child;
import uk.progressstream.local.process.Supervised;
import uk.progressstream.local.service.JavaCommand;
import uk.progressstream.local.service.Service;
import uk.progressstream.local.service.ServiceAddress;
import uk.progressstream.local.service.ServiceAddresses;
import uk.progressstream.local.service.ServiceEnvironment;
import uk.progressstream.provisioning.database.DatabaseProvisioner;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PrivateFiles;

/** The seven services and the gateway, as children of the launcher. */
final class Processes implements AutoCloseable {
  private static final long STOPPED_WITHIN_SECONDS = 10;

  /** A process that writes its start archive needs longer to end. */
  private static final long PREPARED_WITHIN_SECONDS = 180;

  private static final String GATEWAY_LOG = "logs/gateway.log";

  private final Checkout checkout;
  private final JavaCommand java;
  private final DataDirectory data;
  private final ServiceAddresses addresses;
  private final ServiceAddress gatewayAddress;
  private final Consumer<String> says;
  private final Runnable restarted;
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Map<Service, RunningService> services = new EnumMap<>(Service.class);
  private @Nullable Supervised gateway;
  private boolean closed;

  Processes(
      Checkout checkout,
      JavaCommand java,
      DataDirectory data,
      ServiceAddresses addresses,
      ServiceAddress gatewayAddress,
      Consumer<String> says,
      Runnable restarted) {
    this.checkout = checkout;
    this.java = java;
    this.data = data;
    this.addresses = addresses;
    this.gatewayAddress = gatewayAddress;
    this.says = says;
    this.restarted = restarted;
  }

  /**
   * Starts each service as soon as its database is there; identity last, since it needs the seal
   * keys of all.
   */
  void start(Foundations base) throws IOException {
    PrivateFiles.createDirectory(data.resolve("logs"));
    PrivateFiles.createDirectory(data.resolve("keys"));
    DatabaseProvisioner provisioner = new DatabaseProvisioner(base.postgres());
    List<ServiceDatabase> databases = new ArrayList<>();
    try {
      provisioner.closeServer();
      for (Service service : lastly(Service.IDENTITY)) {
        ServiceDatabase database = provisioner.provision(service.label());
        databases.add(database);
        if (service == Service.IDENTITY) {
          new Secrets(data.resolve("secrets")).writeSealKeys(databases);
        }
        startService(base, service, database);
      }
    } catch (SQLException e) {
      throw new IOException("a database cannot be provisioned: " + e.getMessage(), e);
    }
    startGateway(base);
  }

  /** Running services in the order of their start. */
  synchronized List<RunningService> services() {
    return List.copyOf(services.values());
  }

  synchronized long gatewayPid() {
    return gateway == null ? 0 : gateway.pid();
  }

  /** The gateway, as {@code run.json} tells of a service. */
  JsonObject gateway() {
    return new JsonObject()
        .put("pid", gatewayPid())
        .put("port", gatewayAddress.port())
        .put("managementUrl", gatewayAddress.managementUrl())
        .put("logFile", data.resolve(GATEWAY_LOG).toString());
  }

  /** Stops what runs; what is not started yet never will be. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    List<Supervised> all = closeDoor();
    all.forEach(Supervised::askToStop);
    long patience = java.prepare() ? PREPARED_WITHIN_SECONDS : STOPPED_WITHIN_SECONDS;
    all.forEach(process -> process.stop(patience));
  }

  private synchronized List<Supervised> closeDoor() {
    closed = true;
    List<Supervised> all = new ArrayList<>();
    if (gateway != null) {
      all.add(gateway);
    }
    services().forEach(service -> all.add(service.process()));
    return all;
  }

  private Supervised start(Child child) throws IOException {
    if (closed) {
      throw new Failure("stopped before it had started");
    }
    return Supervised.start(child, scheduler, says, restarted);
  }

  private static List<Service> lastly(Service last) {
    List<Service> order = new ArrayList<>(Arrays.asList(Service.values()));
    order.remove(last);
    order.add(last);
    return order;
  }

  private synchronized void startService(
      Foundations base, Service service, ServiceDatabase database) throws IOException {
    CredentialFiles own = base.issue(service.label());
    Path log = data.resolve("logs/" + service.label() + ".log");
    Child child =
        new Child(
            service.label(),
            java.of(checkout.program(service), data.path()),
            environment(base).of(service, own, database),
            log);
    services.put(
        service,
        new RunningService(service, start(child), addresses.of(service), database, own, log));
  }

  private ServiceEnvironment environment(Foundations base) {
    return new ServiceEnvironment(
        addresses,
        base.authorityFile(),
        data.resolve("secrets"),
        data.resolve("keys"),
        LocalIssuers.addresses(base.issuerPorts()),
        "https://localhost:" + gatewayAddress.port() + "/identity");
  }

  private synchronized void startGateway(Foundations base) throws IOException {
    CredentialFiles own = base.issue("gateway");
    Map<String, String> environment =
        Map.of(
            "PS_GATEWAY_PORT", Integer.toString(gatewayAddress.port()),
            "PS_GATEWAY_AUTHORITY", "localhost:" + gatewayAddress.port(),
            "PS_GATEWAY_SERVICES", addresses.text(),
            "PS_MANAGEMENT_PORT", Integer.toString(gatewayAddress.managementPort()),
            "PS_TLS_CERTIFICATE", own.certificate().toString(),
            "PS_TLS_KEY", own.key().toString(),
            "PS_TLS_CA", base.authorityFile().toString());
    Child child =
        new Child(
            "gateway",
            java.of(checkout.gateway(), data.path()),
            environment,
            data.resolve(GATEWAY_LOG));
    gateway = start(child);
  }
}
