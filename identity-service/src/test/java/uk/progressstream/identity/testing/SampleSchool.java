package uk.progressstream.identity.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/** A school that was onboarded and whose admin has signed in, all through the front door. */
public final class SampleSchool {
  private final Gateway gateway;
  private final UUID id;
  private final Person admin;

  private SampleSchool(Gateway gateway, UUID id, Person admin) {
    this.gateway = gateway;
    this.id = id;
    this.admin = admin;
  }

  /** A school with a Google domain of its own. */
  public static SampleSchool onboard(Gateway gateway) {
    String domain = "school-" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    return onboard(gateway, Person.google(domain, "head"));
  }

  /** A school with this first admin. */
  public static SampleSchool onboard(Gateway gateway, Person admin) {
    return new SampleSchool(gateway, create(gateway, admin), admin);
  }

  /** A school whose first admin has been invited. */
  public static UUID create(Gateway gateway, Person admin) {
    String onboarding = gateway.signIn(Person.employee("onboarding"));
    JsonObject request =
        new JsonObject()
            .put("name", "School " + admin.realm())
            .put("urn", UUID.randomUUID().toString().substring(0, 8))
            .put("firstAdmin", new JsonObject(admin.invitation("admin")));
    HttpResponse<String> answer = gateway.post("/schools", onboarding, request.encode());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return UUID.fromString(new JsonObject(answer.body()).getString("id"));
  }

  public UUID id() {
    return id;
  }

  public Person admin() {
    return admin;
  }

  /** An access token of the admin for this school. */
  public String adminToken() {
    return gateway.signIn(admin, "school:" + id + " role:admin");
  }

  /** A genuine seal for this school, of nobody in particular. */
  public SealedScope seal(String... permissions) {
    return TestKit.current()
        .tokens()
        .sealed(Tokens.schools(UUID.randomUUID(), Set.of(id), permissions));
  }

  /** The statement by which it leaves, under its seal with permissions to manage and to read. */
  public String departure() {
    return "select entry.leave(school_id, urn) from school where school_id = '%s'".formatted(id);
  }

  /** Leaves. */
  public void leave() throws SQLException {
    assertThat(ServiceSql.column(seal("identity:manage", "identity:read"), departure()))
        .containsExactly("t");
  }

  /** A new class. */
  public UUID addClass(String code) {
    String body =
        new JsonObject()
            .put("code", code)
            .put("subject", "Mathematics")
            .put("yearGroup", "10")
            .encode();
    return id(gateway.post("/schools/" + id + "/classes", adminToken(), body));
  }

  /** Somebody of the admin's domain or tenant who has taken up an invitation to a role. */
  public Person member(String role) {
    Person person = invited(role);
    gateway.signIn(person);
    return person;
  }

  /** Somebody who was invited and has not signed in yet. */
  public Person invited(String role) {
    String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
    Person person =
        new Person(
            admin.issuer(), admin.realm(), name + "@people.example", UUID.randomUUID().toString());
    id(gateway.post("/schools/" + id + "/invitations", adminToken(), person.invitation(role)));
    return person;
  }

  /** The account of somebody who has signed in. */
  public UUID accountOf(Person person) {
    return UUID.fromString(Gateway.claims(gateway.signIn(person)).getString("sub"));
  }

  /** A cluster of classes of this school that a person has. */
  public UUID clusterFor(Person person, UUID... classes) {
    UUID cluster = propose(List.of(classes).stream().map(each -> cell(id, each)).toList());
    assign(cluster, person);
    return cluster;
  }

  /** A cluster that this school proposes. */
  public UUID propose(List<JsonObject> cells) {
    String body =
        new JsonObject().put("name", "Cluster").put("cells", new JsonArray(cells)).encode();
    return id(gateway.post("/clusters", adminToken(), body));
  }

  /** Assigns a cluster to one of this school's teachers. */
  public void assign(UUID cluster, Person person) {
    HttpResponse<String> answer =
        gateway.send(
            "PUT", "/clusters/" + cluster + "/accounts/" + accountOf(person), adminToken(), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** A cell of a class, or of a whole school where the class is null. */
  public static JsonObject cell(UUID school, @Nullable UUID schoolClass) {
    JsonObject cell = new JsonObject().put("school", school.toString());
    return schoolClass == null ? cell : cell.put("class", schoolClass.toString());
  }

  private static UUID id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return UUID.fromString(new JsonObject(answer.body()).getString("id"));
  }
}
