package uk.progressstream.gateway.document;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the build runs when the services are packaged; the running gateway does not. */
public final class Merge {
  private Merge() {}

  /**
   * Writes one document of what the services' builds have left.
   *
   * @param arguments the file to write, the checkout, and the services by name
   * @throws IOException if a service has left no document, or the file cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Path checkout = Path.of(arguments[1]);
    List<String> services = Arrays.stream(arguments).skip(2).sorted().toList();
    MergedDocument merged = new MergedDocument();
    for (String service : services) {
      Path left = checkout.resolve(service + "-service/target/openapi/openapi.json");
      merged.add(service, new JsonObject(Files.readString(left)));
    }
    Files.writeString(Path.of(arguments[0]), merged.json().encodePrettily());
  }
}
