package uk.progressstream.identity.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.identity.grant.HeldCell;
import uk.progressstream.identity.grant.HeldLease;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.signin.OpenInvitation;

/** Reads what {@code entry.standing} answers. */
final class FoundJson {
  private FoundJson() {}

  static Found read(JsonObject json) {
    return new Found(
        Optional.ofNullable(json.getString("account")).map(UUID::fromString),
        Instant.ofEpochMilli(json.getLong("issuedAt")),
        json.getJsonArray("staff").stream().map(Object::toString).collect(Collectors.toSet()),
        list(json.getJsonArray("memberships"), FoundJson::membership),
        list(json.getJsonArray("cells"), FoundJson::cell),
        Optional.ofNullable(json.getJsonObject("lease")).map(FoundJson::lease),
        list(json.getJsonArray("invitations"), FoundJson::invitation));
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

  private static OpenInvitation invitation(JsonObject json) {
    return new OpenInvitation(
        uuid(json, "id"),
        uuid(json, "school"),
        role(json),
        json.getString("realm"),
        OffsetDateTime.parse(json.getString("expiresAt")).toInstant());
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
