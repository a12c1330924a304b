package uk.progressstream.identity.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.identity.ErrandsGrpc;
import uk.progressstream.contracts.identity.IssueErrandReply;
import uk.progressstream.contracts.identity.IssueErrandRequest;
import uk.progressstream.contracts.identity.SchoolsRequest;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.identity.testing.Outbox;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.TestKit;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
@Proves("B1")
class ErrandsGrpcTest {
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
      "A breach officer's errand: one school, one permission, and a record in that school's log")
  void issued() {
    IssueErrandReply reply = issue("breach", dpo, school.id(), "breach-scope");

    JsonObject claims = Gateway.claims(reply.getAccessToken());
    Scope scope = ScopeText.read(claims.getString("ps_scope"));
    assertThat(scope.schools()).containsExactly(school.id());
    assertThat(scope.permissions()).containsExactly("audit:blast-radius");
    assertThat(scope.purpose()).isEqualTo("breach-scope");
    assertThat(claims.getString("role")).isEqualTo("errand");
    assertThat(reply.getExpiresIn()).isEqualTo(300);
    assertThat(Outbox.events("errand.issued", school.id()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("actor")).isEqualTo(Gateway.claims(dpo).getString("sub"));
              assertThat(event.getString("purpose")).isEqualTo("breach-scope");
              assertThat(event.getString("concerns")).isEqualTo(scope.tokenId().toString());
            });
  }

  @Test
  @DisplayName("The breach service learns the ids of all schools and no name")
  void schools() {
    try (PeerChannel channel = channel("breach")) {
      List<String> ids =
          ErrandsGrpc.newBlockingStub(channel.withToken(dpo))
              .schools(SchoolsRequest.getDefaultInstance())
              .getIdsList();
      assertThat(ids).contains(school.id().toString());
    }
  }

  @Test
  @DisplayName(
      "Another purpose, an unknown school, another peer, another person: no errand, no record")
  void refused() {
    for (String purpose : List.of("backup", "prediction", "", "BREACH-SCOPE")) {
      refused("breach", dpo, school.id(), purpose);
    }
    refused("breach", dpo, UUID.randomUUID(), "breach-scope");
    for (String peer : List.of("gateway", "grades", "audit", "identity")) {
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
    String errand = issue("breach", dpo, school.id(), "breach-scope").getAccessToken();

    refused("breach", errand, school.id(), "breach-scope");
  }

  private static void refused(String peer, String token, UUID school, String purpose) {
    assertThatThrownBy(() -> issue(peer, token, school, purpose))
        .isInstanceOf(StatusRuntimeException.class);
  }

  private static IssueErrandReply issue(String peer, String token, UUID school, String purpose) {
    try (PeerChannel channel = channel(peer)) {
      return ErrandsGrpc.newBlockingStub(channel.withToken(token))
          .issue(
              IssueErrandRequest.newBuilder()
                  .setSchool(school.toString())
                  .setPurpose(purpose)
                  .build());
    }
  }

  private static PeerChannel channel(String peer) {
    return PeerChannel.open(Gateway.address(), TestKit.current(), peer);
  }
}
