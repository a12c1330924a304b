package uk.progressstream.identity.staff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import uk.progressstream.identity.testing.Person;

/** The staff file of the service under test, and what was in it at first. */
final class StaffOnDisk {
  private final Path file;
  private final String first;

  StaffOnDisk() throws IOException {
    file = Path.of(ConfigProvider.getConfig().getValue("ps.identity.staff", String.class));
    first = Files.readString(file);
  }

  /** Adds somebody to those who were in it at first. */
  void with(Person employee, String... permissions) throws IOException {
    with(List.of(employee), permissions);
  }

  /** Adds some who may do the same. */
  void with(List<Person> employees, String... permissions) throws IOException {
    JsonArray all = new JsonArray(first);
    for (Person employee : employees) {
      all.add(
          new JsonObject()
              .put("issuer", "google")
              .put("domain", Person.COMPANY_DOMAIN)
              .put("email", employee.email())
              .put("permissions", new JsonArray(List.of(permissions))));
    }
    write(all.encode());
  }

  /** As it was at first. */
  void restore() throws IOException {
    write(first);
  }

  /** Replaces it as a whole. */
  void write(String text) throws IOException {
    Path next = file.resolveSibling("staff.next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
