package uk.progressstream.local.service;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.progressstream.provisioning.ports.Ports;

/** Where each service listens. */
public final class ServiceAddresses {
  private final Map<Service, ServiceAddress> all = new EnumMap<>(Service.class);

  /** Two free ports for each service. */
  public static ServiceAddresses choose() throws IOException {
    ServiceAddresses addresses = new ServiceAddresses();
    List<Integer> free = Ports.free(2 * Service.values().length);
    for (Service service : Service.values()) {
      int index = 2 * service.ordinal();
      addresses.all.put(service, new ServiceAddress(free.get(index), free.get(index + 1)));
    }
    return addresses;
  }

  /** That of one. */
  public ServiceAddress of(Service service) {
    ServiceAddress address = all.get(service);
    if (address == null) {
      throw new IllegalStateException("no address for " + service.label());
    }
    return address;
  }

  /** {@code name=localhost:port,…} of REST, as the gateway takes it. */
  public String text() {
    return Arrays.stream(Service.values())
        .map(service -> service.label() + "=localhost:" + of(service).port())
        .collect(Collectors.joining(","));
  }
}
