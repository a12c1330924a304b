package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.grades.grade.SampleGrades.A1;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_A;
import static uk.progressstream.grades.grade.SampleGrades.SCHOOL_B;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.grades.GradeRow;
import uk.progressstream.contracts.grades.GradesIntakeGrpc;
import uk.progressstream.contracts.grades.StoreGradesReply;
import uk.progressstream.contracts.grades.StoreGradesRequest;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.PeerChannel;
import uk.progressstream.provisioning.testing.ServiceTestResource;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

@QuarkusTest
@WithTestResource(
    value = ServiceTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "grades"))
class GradeIntakeGrpcTest {
  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID psId = UUID.randomUUID();
  private TestKit kit;

  @BeforeEach
  void kit() {
    kit = TestKit.current();
  }

  @Test
  @DisplayName("The same batch twice is stored once, and a changed grade is stored again")
  void storingIsIdempotent() {
    StoreGradesRequest batch = request(SCHOOL_A, "7");

    assertThat(store("ingest", uploader(SCHOOL_A), batch).getStored()).isEqualTo(1);
    assertThat(store("ingest", uploader(SCHOOL_A), batch).getUnchanged()).isEqualTo(1);
    assertThat(store("ingest", uploader(SCHOOL_A), request(SCHOOL_A, "8")).getStored())
        .isEqualTo(1);
  }

  @Test
  @Proves("D9")
  @DisplayName("A scope of another school writes nothing, whatever school the request names")
  void anotherSchoolIsRefused() {
    assertThatThrownBy(() -> store("ingest", uploader(SCHOOL_B), request(SCHOOL_A, "7")))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  @DisplayName("Without the permission to write, nothing is written")
  void withoutPermissionRefused() {
    Scope reader = Tokens.schools(UUID.randomUUID(), Set.of(SCHOOL_A), "grades:read");

    assertThatThrownBy(
            () -> store("ingest", kit.tokens().mint(reader, "admin"), request(SCHOOL_A, "7")))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  @Proves("D2")
  @DisplayName(
      "A peer that is not on the method's list is refused, its genuine certificate and scope notwithstanding")
  void anotherPeerIsRefused() {
    for (String peer : new String[] {"gateway", "sensitive", "breach", "stranger"}) {
      assertThatThrownBy(() -> store(peer, uploader(SCHOOL_A), request(SCHOOL_A, "7")))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e ->
                  assertThat(e.getStatus().getCode().name())
                      .isIn("PERMISSION_DENIED", "UNAUTHENTICATED"));
    }
  }

  @Test
  @DisplayName("A peer without a travelling scope is refused")
  void noScopeIsRefused() {
    assertThatThrownBy(() -> store("ingest", "nonsense", request(SCHOOL_A, "7")))
        .isInstanceOf(StatusRuntimeException.class);
  }

  private StoreGradesReply store(String peer, String token, StoreGradesRequest request) {
    try (PeerChannel channel = PeerChannel.open(service, kit, peer)) {
      return GradesIntakeGrpc.newBlockingStub(channel.withToken(token)).store(request);
    }
  }

  private String uploader(UUID school) {
    Scope scope = Tokens.schools(UUID.randomUUID(), Set.of(school), "grades:read", "grades:write");
    return kit.tokens().mint(scope, "partner-system");
  }

  private StoreGradesRequest request(UUID school, String grade) {
    GradeRow row =
        GradeRow.newBuilder()
            .setPsId(psId.toString())
            .setClassId(A1.schoolClass().toString())
            .setSubject("Mathematics")
            .setQualification("GCSE")
            .setPeriod("G1")
            .setKind("historical")
            .setScale("gcse-9-1")
            .setGrade(grade)
            .setPointsTenths(70)
            .build();
    return StoreGradesRequest.newBuilder()
        .setSchool(school.toString())
        .setUpload(UUID.randomUUID().toString())
        .addRows(row)
        .build();
  }
}
