package uk.progressstream.identity.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.HeldCell;
import uk.progressstream.identity.grant.HeldLease;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.grant.Role;

/** Reads what {@code entry.standing} answers. */
final class FoundJson {
  private FoundJson() {}

  static Found read(JsonObject json) {
    return new Found(
        Optional.ofNullable(json.getString("account")).map(UUID::fromString),
        Instant.ofEpochMilli(json.getLong("issuedAt")),
        staff(json.getJsonObject("staff")),
        list(json.getJsonArray("memberships"), FoundJson::membership),
        list(json.getJsonArray("cells"), FoundJson::cell),
        Optional.ofNullable(json.getJsonObject("lease")).map(FoundJson::lease),
        json.getBoolean("invited"),
        json.getBoolean("unsettled"));
  }

  private static Map<String, Set<String>> staff(JsonObject entries) {
    return entries.fieldNames().stream()
        .collect(Collectors.toMap(key -> key, key -> words(entries.getJsonArray(key))));
  }

  private static Set<String> words(JsonArray array) {
    return array.stream().map(Object::toString).collect(Collectors.toSet());
  }

  private static Membership membership(JsonObject json) {
    return new Membership(
        uuid(json, "school"),
        role(json),
        OffsetDateTime.parse(json.getString("since")).toInstant());
  }

  private static HeldCell cell(JsonObject json) {
    return new HeldCell(
        uuid(json, "cluster"),
        uuid(json, "school"),
        json.getBoolean("whole"),
        json.getJsonArray("classes").stream()
            .map(id -> UUID.fromString(id.toString()))
            .collect(Collectors.toSet()));
  }

  private static HeldLease lease(JsonObject json) {
    return new HeldLease(uuid(json, "id"), uuid(json, "school"));
  }

  static Role role(JsonObject json) {
    return Role.of(json.getString("role"))
        .orElseThrow(() -> new IllegalStateException("a role that the code does not know"));
  }

  private static UUID uuid(JsonObject json, String name) {
    return UUID.fromString(json.getString(name));
  }

  private static <T> List<T> list(@Nullable JsonArray array, Function<JsonObject, T> read) {
    return array == null
        ? List.of()
        : array.stream().map(JsonObject.class::cast).map(read).toList();
  }
}
