package uk.progressstream.platform.outbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.scope.Scope;

/**
 * What happened, for the log: who did what to which school's data, in opaque ids and counts. It has
 * no field that could hold a pupil's id or value.
 */
public final class AuditEvent {
  /** The school of an event that concerns the company alone: the nil UUID. */
  public static final UUID COMPANY = new UUID(0, 0);

  /** Version of the data handling policy that was in force. */
  public static final String POLICY_VERSION = "1";

  private final UUID id = UUID.randomUUID();
  private final String kind;
  private final UUID school;
  private final JsonObject body = new JsonObject();

  private AuditEvent(String kind, UUID school) {
    this.kind = kind;
    this.school = school;
    body.put("outcome", Outcome.ALLOWED.word()).put("policyVersion", POLICY_VERSION);
  }

  /**
   * An event, allowed unless {@link #outcome} says otherwise.
   *
   * @param kind dotted name such as {@code grades.read}
   * @param school the school that it concerns, or {@link #COMPANY}
   */
  public static AuditEvent of(String kind, UUID school) {
    return new AuditEvent(kind, school);
  }

  /** Who did it, and why: account, role and purpose of the caller. */
  public AuditEvent actor(Caller caller) {
    return actor(caller.account(), caller.role()).purpose(caller.scope().scope().purpose());
  }

  /** Who did it, and why, where no more is at hand than the scope that it was done under. */
  public AuditEvent actor(Scope scope) {
    body.put("actor", scope.account().toString());
    return purpose(scope.purpose());
  }

  /** Who did it. */
  public AuditEvent actor(UUID account, String role) {
    body.put("actor", account.toString()).put("role", role);
    return this;
  }

  /** Why, in one word. */
  public AuditEvent purpose(String purpose) {
    body.put("purpose", purpose);
    return this;
  }

  /** What kind of thing it was done to, such as {@code grades}. */
  public AuditEvent resource(String resource) {
    body.put("resource", resource);
    return this;
  }

  /** Which of them: ids and codes only. */
  public AuditEvent filter(Map<String, String> filter) {
    JsonObject json = new JsonObject();
    new TreeMap<>(filter).forEach(json::put);
    body.put("filter", json);
    return this;
  }

  /** Which columns were read or written. */
  public AuditEvent columns(List<String> columns) {
    body.put("columns", new JsonArray(List.copyOf(columns)));
    return this;
  }

  /** Which classes it touched. */
  public AuditEvent classes(Collection<UUID> classes) {
    body.put(
        "classes",
        new JsonArray(classes.stream().map(UUID::toString).sorted().distinct().toList()));
    return this;
  }

  /** How many rows. */
  public AuditEvent rows(long rows) {
    body.put("rows", rows);
    return this;
  }

  /** Which pupils: how many different ones, and the {@link #digest} of their ps_ids. */
  public AuditEvent pupils(Collection<UUID> psIds) {
    body.put("pupils", psIds.stream().distinct().count());
    return digest(psIds);
  }

  /**
   * Which rows, by their ids, without naming one: SHA-256 in hex over the 16 bytes of each
   * different id, in ascending order.
   */
  public AuditEvent digest(Collection<UUID> ids) {
    body.put("digest", RowDigest.of(ids));
    return this;
  }

  /** How many bytes left the service. */
  public AuditEvent bytes(long bytes) {
    body.put("bytes", bytes);
    return this;
  }

  /** The id of the earlier record that this one completes, or of the thing that it concerns. */
  public AuditEvent concerns(UUID other) {
    body.put("concerns", other.toString());
    return this;
  }

  /** How it ended; {@link Outcome#ALLOWED} until then. */
  public AuditEvent outcome(Outcome outcome) {
    body.put("outcome", outcome.word());
    return this;
  }

  /** Id of the event and later of its record in the log. */
  public UUID id() {
    return id;
  }

  String kind() {
    return kind;
  }

  /** The school that it concerns. */
  public UUID school() {
    return school;
  }

  String body() {
    return body.encode();
  }
}
