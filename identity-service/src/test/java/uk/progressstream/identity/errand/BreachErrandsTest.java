package uk.progressstream.identity.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.identity.EndErrandRequest;
import uk.progressstream.contracts.identity.ErrandsGrpc;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.contracts.identity.TakeErrandReply;
import uk.progressstream.contracts.identity.TakeErrandRequest;
import uk.progressstream.identity.seal.OwnScopes;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.identity.testing.ServiceSql;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("B1")
class BreachErrandsTest {
  private Gateway gateway;
  private SampleSchool school;
  private String dpo;

  @BeforeEach
  void onboard() {
    gateway = Gateway.open();
    school = SampleSchool.onboard(gateway);
    dpo = gateway.signIn(Person.employee("dpo"));
  }

  @Test
  @DisplayName(
      "A breach officer's errand: one school, one permission, the log's alone, and that school knows")
  void taken() {
    TakeErrandReply reply = take("breach", dpo, school.id(), "breach-scope");

    JsonObject claims = Gateway.claims(reply.getAccessToken());
    Scope scope = ScopeText.read(claims.getString("ps_scope"));
    assertThat(scope.schools()).containsExactly(school.id());
    assertThat(scope.permissions()).containsExactly("audit:blast-radius");
    assertThat(scope.purpose()).isEqualTo("breach-scope");
    assertThat(claims.getString("role")).isEqualTo("errand");
    assertThat(claims.getValue("aud")).isEqualTo("audit");
    assertThat(claims.getJsonObject("ps_seals").fieldNames()).containsExactly("audit");
    assertThat(reply.getExpiresIn()).isEqualTo(300);
    assertThat(Outbox.events("errand.issued", school.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("actor")).isEqualTo(Gateway.claims(dpo).getString("sub"));
              assertThat(event.getString("purpose")).isEqualTo("breach-scope");
              assertThat(event.getString("concerns")).isEqualTo(scope.tokenId().toString());
            });
    assertThat(alive()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "An officer holds one school: the next errand ends the one before, and both logs know")
  void oneAtATime() {
    SampleSchool other = SampleSchool.onboard(gateway);
    TakeErrandReply first = take("breach", dpo, school.id(), "breach-scope");
    TakeErrandReply second = take("breach", dpo, other.id(), "breach-scope");

    assertThat(revoked(first)).isTrue();
    assertThat(revoked(second)).isFalse();
    assertThat(alive()).isEqualTo(1);
    assertThat(Outbox.events("errand.ended", school.id()))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("concerns")).isEqualTo(first.getErrand()));

    end(dpo, second);
    end(dpo, second);
    assertThat(revoked(second)).isTrue();
    assertThat(alive()).isZero();
    assertThat(Outbox.events("errand.ended", other.id())).hasSize(1);
  }

  @Test
  @DisplayName("Two officers hold a school each, and neither hands back the other's")
  void twoOfficers() {
    String second = gateway.signIn(Person.employee("everything"));
    TakeErrandReply ours = take("breach", dpo, school.id(), "breach-scope");
    TakeErrandReply theirs = take("breach", second, school.id(), "breach-scope");

    end(second, ours);

    assertThat(revoked(ours)).isFalse();
    assertThat(revoked(theirs)).isFalse();
    end(second, theirs);
    end(dpo, ours);
  }

  @Test
  @DisplayName("The breach service learns the ids of all schools, page by page, and no name")
  void schools() throws SQLException {
    List<String> all = schools("");
    assertThat(all).contains(school.id().toString()).isSorted();
    String first = all.get(0);

    assertThat(schools(first)).doesNotContain(first).hasSize(all.size() - 1);
    assertThat(all).hasSize((int) number("select count(*) from school"));
  }

  @Test
  @DisplayName(
      "Another purpose, an unknown school, another peer, another person: no errand, no record of one")
  void refused() {
    for (String purpose : List.of("backup", "prediction", "", "BREACH-SCOPE")) {
      refused("breach", dpo, school.id(), purpose);
    }
    refused("breach", dpo, UUID.randomUUID(), "breach-scope");
    for (String peer : List.of("gateway", "grades", "audit", "identity", "backup", "prediction")) {
      refused(peer, dpo, school.id(), "breach-scope");
    }
    refused("breach", school.adminToken(), school.id(), "breach-scope");
    refused("breach", gateway.signIn(Person.employee("support")), school.id(), "breach-scope");
    refused("breach", "nonsense", school.id(), "breach-scope");

    assertThat(Outbox.events("errand.issued", school.id())).isEmpty();
  }

  @Test
  @DisplayName("An errand's token issues no further errand")
  void noErrandOfAnErrand() {
    TakeErrandReply errand = take("breach", dpo, school.id(), "breach-scope");

    refused("breach", errand.getAccessToken(), school.id(), "breach-scope");
    end(dpo, errand);
  }

  @Test
  @DisplayName("In the database neither kind of scope opens the other kind of errand")
  void eachItsOwnScope() throws SQLException {
    UUID officer = UUID.fromString(Gateway.claims(dpo).getString("sub"));
    SealedScope identity = sealed(UUID.randomUUID(), OwnScopes.ERRAND);
    SealedScope breach = sealed(officer, "breach:manage");
    String take =
        "select outcome from entry.take_errand('%s', '%s', '%s', '%s', now() + interval '1 minute')";
    String end = "select entry.end_errand('%s', '%s', '%s')";

    ServiceSql.refused(List.of(identity), take(take, "breach-scope"));
    ServiceSql.refused(List.of(breach), take(take, "backup"));
    ServiceSql.refused(List.of(identity), "select entry.errand_schools('breach-scope', null, 9)");
    ServiceSql.refused(List.of(breach), "select entry.errand_schools('backup', null, 9)");
    String one = UUID.randomUUID().toString();
    ServiceSql.refused(List.of(identity), end.formatted(one, "breach-scope", one));
    ServiceSql.refused(List.of(breach), end.formatted(one, "backup", one));

    // The control: the same call, each under its own scope.
    assertThat(ServiceSql.column(breach, take(take, "breach-scope"))).containsExactly("taken");
    assertThat(ServiceSql.column(identity, take(take, "backup"))).containsExactly("no-consent");
  }

  @Test
  @DisplayName("A genuine scope of who is no officer any more, or never was, takes nothing")
  void noOfficer() throws SQLException {
    SealedScope stranger = sealed(UUID.randomUUID(), "breach:manage");
    String take =
        "select outcome from entry.take_errand('%s', '%s', '%s', '%s', now() + interval '1 minute')";

    ServiceSql.refused(List.of(stranger), take(take, "breach-scope"));
    ServiceSql.refused(List.of(stranger), "select entry.errand_schools('breach-scope', null, 9)");
  }

  @Test
  @DisplayName("The next errand revokes the token of the one before, whatever account it names")
  void revokesItsOwnToken() throws SQLException {
    TakeErrandReply before = take("breach", dpo, school.id(), "breach-scope");
    JsonObject claims = Gateway.claims(before.getAccessToken());
    UUID officer = UUID.fromString(Gateway.claims(dpo).getString("sub"));
    String take =
        "select outcome from entry.take_errand('%s', '%s', '%s', '%s', now() + interval '1 minute')";

    ServiceSql.column(sealed(officer, "breach:manage"), take(take, "breach-scope"));

    assertThat(
            number(
                "select count(*) from revocation where token_id = '%s' and account_id = '%s'"
                    .formatted(before.getErrand(), claims.getString("sub"))))
        .isEqualTo(1);
  }

  private String take(String sql, String purpose) {
    return sql.formatted(school.id(), UUID.randomUUID(), UUID.randomUUID(), purpose);
  }

  private static SealedScope sealed(UUID account, String permission) {
    return TestKit.current().tokens().sealed(Tokens.none(account, permission));
  }

  private List<String> schools(String after) {
    try (PeerChannel channel = channel("breach")) {
      return ErrandsGrpc.newBlockingStub(channel.withToken(dpo))
          .schools(
              SchoolsRequest.newBuilder()
                  .setPurpose("breach-scope")
                  .setAfter(after)
                  .setLimit(1000)
                  .build())
          .getIdsList();
    }
  }

  private static void refused(String peer, String token, UUID school, String purpose) {
    assertThatThrownBy(() -> take(peer, token, school, purpose))
        .isInstanceOf(StatusRuntimeException.class);
  }

  private static TakeErrandReply take(String peer, String token, UUID school, String purpose) {
    try (PeerChannel channel = channel(peer)) {
      return ErrandsGrpc.newBlockingStub(channel.withToken(token))
          .take(
              TakeErrandRequest.newBuilder()
                  .setSchool(school.toString())
                  .setPurpose(purpose)
                  .build());
    }
  }

  private static void end(String token, TakeErrandReply errand) {
    try (PeerChannel channel = channel("breach")) {
      ErrandsGrpc.newBlockingStub(channel.withToken(token))
          .end(
              EndErrandRequest.newBuilder()
                  .setErrand(errand.getErrand())
                  .setPurpose("breach-scope")
                  .build());
    }
  }

  private long alive() {
    return number(
        "select count(*) from errand where ended_at is null and holder_id = '"
            + Gateway.claims(dpo).getString("sub")
            + "'");
  }

  private static boolean revoked(TakeErrandReply errand) {
    return number("select count(*) from revocation where token_id = '" + errand.getErrand() + "'")
        == 1;
  }

  private static long number(String sql) {
    try (Connection superuser = TestKit.current().superuser();
        ResultSet row = superuser.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PeerChannel channel(String peer) {
    return PeerChannel.open(Gateway.address(), TestKit.current(), peer);
  }
}
