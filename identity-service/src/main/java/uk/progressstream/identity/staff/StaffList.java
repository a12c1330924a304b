package uk.progressstream.identity.staff;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import uk.progressstream.identity.signin.Visitor;

/** The company's staff, as the file named them at one moment. */
public record StaffList(List<StaffEntry> entries) {
  /** Nobody at all. */
  static final StaffList NOBODY = new StaffList(List.of());

  /** Keeps a copy. */
  public StaffList {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a JSON list of entries.
   *
   * @throws IllegalStateException if it is none, or an entry is not complete
   */
  static StaffList read(String text) {
    try {
      return new StaffList(
          new JsonArray(text).stream().map(JsonObject.class::cast).map(StaffEntry::read).toList());
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      // Not as the cause: its message would quote the file.
      throw new IllegalStateException("the staff file is no list of entries");
    }
  }

  /** The entry that fits somebody who signs in, if any. */
  public Optional<StaffEntry> entryFor(Visitor visitor) {
    return entries.stream().filter(entry -> entry.fits(visitor)).findFirst();
  }

  /**
   * What entries give together, as far as the list says so still.
   *
   * @param held by key, what each of them permitted by what all replicas know
   */
  public Set<String> permissions(Map<String, Set<String>> held) {
    Set<String> all = new TreeSet<>();
    for (StaffEntry entry : entries) {
      Set<String> both = new TreeSet<>(entry.permissions());
      both.retainAll(held.getOrDefault(entry.key(), Set.of()));
      all.addAll(both);
    }
    return all;
  }

  /** Permissions by key, for the database. */
  JsonObject json() {
    Map<String, Set<String>> byKey =
        entries.stream()
            .collect(
                Collectors.toMap(
                    StaffEntry::key,
                    entry -> new TreeSet<>(entry.permissions()),
                    (one, other) -> {
                      one.addAll(other);
                      return one;
                    }));
    JsonObject json = new JsonObject();
    byKey.forEach((key, permissions) -> json.put(key, new JsonArray(List.copyOf(permissions))));
    return json;
  }
}
