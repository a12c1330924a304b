package uk.progressstream.identity.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.identity.signin.Visitor;

/**
 * The company's staff, read at start. Who is taken out of the file has no permission from the next
 * start on, whatever the database remembers.
 */
@ApplicationScoped
public class StaffFile {
  private final List<StaffEntry> entries;

  StaffFile(IdentitySettings settings) {
    try {
      JsonArray file = new JsonArray(Files.readString(settings.staff()));
      this.entries = file.stream().map(JsonObject.class::cast).map(StaffEntry::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entry that fits somebody who signs in, if any. */
  Optional<StaffEntry> entryFor(Visitor visitor) {
    return entries.stream().filter(entry -> entry.fits(visitor)).findFirst();
  }

  /** What the entries of these keys give together. */
  Set<String> permissions(Collection<String> keys) {
    return entries.stream()
        .filter(entry -> keys.contains(entry.key()))
        .flatMap(entry -> entry.permissions().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
