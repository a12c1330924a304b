package uk.progressstream.identity.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.ErrandsGrpc;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.contracts.identity.TakeErrandReply;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.outbox.AuditEvent;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class JobErrandsTest {
  private static final int SCHOOLS = 500;

  private Gateway gateway;
  private SampleSchool school;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    forgetErrands();
  }

  @Test
  @DisplayName("With the school's consent: one school, one permission, minutes, and its log knows")
  void taken() {
    consent("backup", "PUT");

    Scope scope = scope(take("backup", school.id().toString(), "backup"));

    assertThat(scope.schools()).containsExactly(school.id());
    assertThat(scope.permissions()).containsExactly("backup:read");
    assertThat(scope.purpose()).isEqualTo("backup");
    assertThat(Outbox.events("errand.issued", school.id()))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getString("actor")).isEqualTo(scope.account().toString()));
  }

  @Test
  @DisplayName("Without consent: refused, and the school's log says who asked")
  void withoutConsent() {
    consent("prediction", "PUT");

    refused(Status.Code.NOT_FOUND, "backup", school.id().toString(), "backup");

    assertThat(Outbox.events("errand.issued", school.id())).isEmpty();
    assertThat(Outbox.events("errand.refused", school.id()))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("outcome")).isEqualTo("refused"));
  }

  @Test
  @DisplayName("Another job's purpose, two schools at once, no such school, another peer: refused")
  void notTheirs() {
    consent("backup", "PUT");
    consent("prediction", "PUT");
    int before = Outbox.events("errand.refused", AuditEvent.COMPANY).size();
    String here = school.id().toString();

    refused(Status.Code.NOT_FOUND, "backup", here, "prediction");
    refused(Status.Code.NOT_FOUND, "prediction", here, "backup");
    refused(Status.Code.NOT_FOUND, "backup", here, "breach-scope");
    refused(Status.Code.NOT_FOUND, "backup", here + "," + UUID.randomUUID(), "backup");
    refused(Status.Code.NOT_FOUND, "backup", "", "backup");
    refused(Status.Code.NOT_FOUND, "backup", UUID.randomUUID().toString(), "backup");
    refused(Status.Code.NOT_FOUND, "breach", here, "backup");
    for (String peer : List.of("gateway", "grades", "audit", "identity")) {
      refused(Status.Code.PERMISSION_DENIED, peer, here, "backup");
    }

    assertThat(Outbox.events("errand.issued", school.id())).isEmpty();
    assertThat(Outbox.events("errand.refused", AuditEvent.COMPANY)).hasSize(before + 7);
  }

  @Test
  @DisplayName("A job that holds a school gets no second one until it has handed the first back")
  void oneAtATime() {
    SampleSchool other = SampleSchool.onboard(gateway);
    consent("backup", "PUT");
    gateway.send("PUT", "/schools/" + other.id() + "/consents/backup", other.adminToken(), "");
    TakeErrandReply first = take("backup", school.id().toString(), "backup");

    refused(Status.Code.ABORTED, "backup", other.id().toString(), "backup");
    refused(Status.Code.ABORTED, "backup", school.id().toString(), "backup");
    end("backup", first);
    end("backup", first);

    assertThat(scope(take("backup", other.id().toString(), "backup")).schools())
        .containsExactly(other.id());
    assertThat(Outbox.events("errand.ended", school.id())).hasSize(1);
    assertThat(revoked(first.getAccessToken())).isTrue();
  }

  @Test
  @DisplayName("One job does not hand back what another holds, nor for another purpose")
  void endedByItsHolder() {
    consent("backup", "PUT");
    TakeErrandReply held = take("backup", school.id().toString(), "backup");

    try (PeerChannel channel = channel("prediction")) {
      EndErrandRequest.Builder request =
          EndErrandRequest.newBuilder().setErrand(held.getErrand()).setPurpose("prediction");
      ErrandsGrpc.newBlockingStub(channel.bare()).end(request.build());
      assertThatThrownBy(
              () ->
                  ErrandsGrpc.newBlockingStub(channel.bare())
                      .end(request.setPurpose("backup").build()))
          .isInstanceOf(StatusRuntimeException.class);
    }

    assertThat(revoked(held.getAccessToken())).isFalse();
    end("backup", held);
    assertThat(revoked(held.getAccessToken())).isTrue();
  }

  @Test
  @DisplayName("A consent that is withdrawn ends the errand that runs on it")
  void withdrawn() {
    consent("backup", "PUT");
    String token = take("backup", school.id().toString(), "backup").getAccessToken();
    assertThat(revoked(token)).isFalse();

    consent("backup", "DELETE");

    assertThat(revoked(token)).isTrue();
    refused(Status.Code.NOT_FOUND, "backup", school.id().toString(), "backup");
  }

  @Test
  @DisplayName("A cycle over 500 schools takes each once, and not the one that withdraws midway")
  void aCycle() {
    List<UUID> consenting = consentingSchools();
    UUID withdraws = consenting.get(consenting.size() / 2);
    Set<UUID> taken = new HashSet<>();
    List<UUID> refused = new ArrayList<>();
    try (PeerChannel channel = channel("backup")) {
      for (UUID id : consenting) {
        if (taken.size() == 100) {
          sql("delete from consent where school_id = '" + withdraws + "'");
        }
        try {
          TakeErrandReply reply = take(channel, id.toString(), "backup");
          Scope scope = scope(reply);
          assertThat(scope.schools()).containsExactly(id);
          assertThat(taken.add(id)).isTrue();
          end(channel, reply);
        } catch (StatusRuntimeException e) {
          refused.add(id);
        }
      }
    }

    assertThat(consenting).hasSizeGreaterThanOrEqualTo(SCHOOLS);
    assertThat(refused).containsExactly(withdraws);
    assertThat(taken).hasSize(consenting.size() - 1);
    assertThat(sql("select count(*) from errand where ended_at is null")).isEqualTo("0");
    String issued =
        "select count(*) || ' ' || count(distinct e.school_id) from outbox.event e join school s"
            + " on s.school_id = e.school_id and s.name ~ '^School [0-9]+$' where kind = 'errand.issued'";
    assertThat(sql(issued)).isEqualTo(taken.size() + " " + taken.size());
    assertThat(Outbox.events("errand.refused", withdraws)).hasSize(1);
  }

  /**
   * Five hundred schools, put there at once; then their consents as the job sees them, page by
   * page.
   */
  private List<UUID> consentingSchools() {
    sql("delete from consent");
    sql(
        "with s as (insert into school (school_id, name, urn, created_by) select gen_random_uuid(),"
            + " 'School ' || n, 'C' || n || substr(md5(random()::text), 1, 6), gen_random_uuid()"
            + " from generate_series(1, "
            + SCHOOLS
            + ") n returning school_id) insert into consent (school_id, purpose, given_by)"
            + " select school_id, 'backup', gen_random_uuid() from s");
    List<UUID> all = new ArrayList<>();
    try (PeerChannel channel = channel("backup")) {
      List<String> page;
      do {
        page =
            ErrandsGrpc.newBlockingStub(channel.bare())
                .schools(
                    SchoolsRequest.newBuilder()
                        .setPurpose("backup")
                        .setAfter(all.isEmpty() ? "" : all.get(all.size() - 1).toString())
                        .setLimit(200)
                        .build())
                .getIdsList();
        page.forEach(id -> all.add(UUID.fromString(id)));
      } while (!page.isEmpty());
    }
    return all;
  }

  private void consent(String purpose, String method) {
    String path = "/schools/" + school.id() + "/consents/" + purpose;
    assertThat(gateway.send(method, path, school.adminToken(), "").statusCode()).isIn(200, 204);
  }

  private static void refused(Status.Code code, String peer, String school, String purpose) {
    assertThatThrownBy(() -> take(peer, school, purpose))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }

  private static TakeErrandReply take(String peer, String school, String purpose) {
    try (PeerChannel channel = channel(peer)) {
      return take(channel, school, purpose);
    }
  }

  private static TakeErrandReply take(PeerChannel channel, String school, String purpose) {
    return ErrandsGrpc.newBlockingStub(channel.bare())
        .take(TakeErrandRequest.newBuilder().setSchool(school).setPurpose(purpose).build());
  }

  private static void end(String peer, TakeErrandReply errand) {
    try (PeerChannel channel = channel(peer)) {
      end(channel, errand);
    }
  }

  private static void end(PeerChannel channel, TakeErrandReply errand) {
    ErrandsGrpc.newBlockingStub(channel.bare())
        .end(
            EndErrandRequest.newBuilder()
                .setErrand(errand.getErrand())
                .setPurpose("backup")
                .build());
  }

  private static Scope scope(TakeErrandReply reply) {
    return ScopeText.read(Gateway.claims(reply.getAccessToken()).getString("ps_scope"));
  }

  private static boolean revoked(String token) {
    String id = Gateway.claims(token).getString("jti");
    return sql("select count(*) from revocation where token_id = '" + id + "'").equals("1");
  }

  private static void forgetErrands() {
    sql("update errand set ended_at = now() where ended_at is null");
  }

  private static String sql(String statement) {
    try (Connection superuser = TestKit.current().superuser();
        PreparedStatement prepared = superuser.prepareStatement(statement)) {
      if (!prepared.execute()) {
        return "";
      }
      ResultSet rows = prepared.getResultSet();
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PeerChannel channel(String peer) {
    return PeerChannel.open(Gateway.address(), TestKit.current(), peer);
  }
}
