package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.sensitive.pupil.SampleRows.empty;
import static uk.progressstream.sensitive.pupil.SampleRows.full;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.contracts.sensitive.StoreSensitiveReply;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;
import uk.progressstream.sensitive.KeysTestResource;

@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "sensitive"))
class RecordIntakeGrpcTest {
  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID class1 = UUID.randomUUID();
  private final UUID class2 = UUID.randomUUID();
  private final UUID psId = UUID.randomUUID();
  private TestKit kit;
  private IngestPeer ingest;

  @BeforeEach
  void connect() {
    kit = TestKit.current();
    ingest = new IngestPeer(service);
  }

  @AfterEach
  void disconnect() {
    ingest.close();
  }

  @Test
  @DisplayName("The same row twice is stored once; a changed field is stored again")
  void storingIsIdempotent() {
    SensitiveRow row = full(psId, class1, class2);
    SensitiveRow changed = row.toBuilder().setFsm("Y").build();

    assertCounts(ingest.store(school, row), 1, 0);
    assertCounts(ingest.store(school, row), 0, 1);
    assertCounts(ingest.store(school, changed), 1, 0);
    assertCounts(ingest.store(school, changed, full(UUID.randomUUID(), class1)), 1, 1);
  }

  @Test
  @DisplayName("A pupil is stored in every class, and is gone from a class that the pupil left")
  void thePupilFollowsTheClasses() throws SQLException {
    ingest.store(school, full(psId, class1, class2));
    assertThat(classesOfPupil()).containsExactlyInAnyOrder(class1, class2);

    assertCounts(ingest.store(school, full(psId, class2)), 1, 0);

    assertThat(classesOfPupil()).containsExactly(class2);
  }

  @Test
  @DisplayName("A file without a column changes nothing in it, nor does an empty cell")
  void whatIsNotSaidStays() {
    SensitiveRow row = full(psId, class1);
    ingest.store(school, row);
    SensitiveRow oneColumn = empty(psId, class1).toBuilder().setFsm("Y").build();

    assertCounts(ingest.store(school, empty(psId, class1)), 0, 1);
    assertCounts(ingest.store(school, oneColumn), 1, 0);
    assertCounts(ingest.store(school, row.toBuilder().setFsm("Y").build()), 0, 1);
  }

  @RepeatedTest(3)
  @DisplayName(
      "Eight first files at once, each with another column, are all in the record afterwards")
  void filesAtOnceLoseNothing() {
    SensitiveRow none = empty(psId, class1, class2);
    List<SensitiveRow> columns =
        List.of(
            none.toBuilder().setSenProvision("E").addSenTypes("SLCN").addSenTypes("PMLD").build(),
            none.toBuilder().setPupilPremium("EVER6").build(),
            none.toBuilder().setFsm("N").build(),
            none.toBuilder().setFsm6("Y").build(),
            none.toBuilder().setEal("OTB").build(),
            none.toBuilder().setLookedAfter("N").build(),
            none.toBuilder().setServiceChild("U").build(),
            none.toBuilder().setEthnicity("WROM").build());

    columns.stream()
        .map(row -> CompletableFuture.runAsync(() -> ingest.store(school, row)))
        .toList()
        .forEach(CompletableFuture::join);

    assertCounts(ingest.store(school, full(psId, class1, class2)), 0, 1);
  }

  @Test
  @DisplayName("Of two rows of one pupil in one batch the later one counts where both speak")
  void theLaterRowCounts() {
    SensitiveRow later = empty(psId, class1).toBuilder().setFsm("Y").build();

    ingest.store(school, full(psId, class1, class2), later);

    assertCounts(ingest.store(school, full(psId, class1).toBuilder().setFsm("Y").build()), 0, 1);
  }

  @Test
  void aThousandRowsAreTakenAndOneMoreIsRefused() {
    List<SensitiveRow> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(full(UUID.randomUUID(), class1, class2));
    }
    String token = ingest.uploaderOf(school);
    assertCounts(ingest.store(token, school, rows), 1000, 0);
    Collections.shuffle(rows);
    assertCounts(ingest.store(token, school, rows), 0, 1000);

    rows.add(full(psId, class1));

    assertRefused(Status.Code.INVALID_ARGUMENT, () -> ingest.store(token, school, rows));
  }

  @Test
  @Proves("D3")
  @DisplayName(
      "A code that does not exist is refused by row and field, is not quoted, and nothing is"
          + " stored")
  void anImpossibleCodeIsNotQuoted() throws SQLException {
    for (SensitiveRow bad :
        List.of(
            empty(psId, class1).toBuilder().setSenProvision("Bloggs").build(),
            full(psId, class1).toBuilder().addSenTypes("Bloggs").build(),
            full(psId, class1).toBuilder().setSenProvision("N").build(),
            full(psId, class1).toBuilder().setEthnicity("Bloggs").build(),
            full(psId, class1).toBuilder().addClassIds("Bloggs").build(),
            full(psId, class1).toBuilder().setPsId("Bloggs").build(),
            full(psId))) {
      StatusRuntimeException refusal =
          assertRefused(
              Status.Code.INVALID_ARGUMENT, () -> ingest.store(school, full(psId, class1), bad));

      assertThat(refusal.getStatus().getDescription())
          .startsWith("row 1: ")
          .doesNotContain("Bloggs");
    }
    assertThat(classesOfPupil()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "identity", "grades", "pseudonym", "audit", "breach", "other"})
  @Proves("D2")
  @DisplayName(
      "A peer that is not ingest is refused, its genuine certificate and scope notwithstanding")
  void anotherPeerIsRefused(String name) throws SQLException {
    try (IngestPeer peer = new IngestPeer(service, name)) {
      assertRefused(Status.Code.PERMISSION_DENIED, () -> peer.store(school, full(psId, class1)));
    }
    assertThat(classesOfPupil()).isEmpty();
  }

  @Test
  @Proves("D9")
  @DisplayName("Another school's scope, a forged seal or a missing permission stores nothing")
  void aWrongScopeStoresNothing() throws SQLException {
    Scope own =
        Tokens.schools(UUID.randomUUID(), Set.of(school), "sensitive:read", "sensitive:write");
    Scope reader = Tokens.schools(UUID.randomUUID(), Set.of(school), "sensitive:read");
    String forged = kit.tokens().mint(kit.tokens().forged(own), "admin", Set.of("sensitive"));

    for (String token :
        List.of(ingest.uploaderOf(UUID.randomUUID()), forged, kit.tokens().mint(reader, "admin"))) {
      assertRefused(
          Status.Code.NOT_FOUND, () -> ingest.store(token, school, List.of(full(psId, class1))));
    }
    assertRefused(
        Status.Code.UNAUTHENTICATED,
        () -> ingest.store("nonsense", school, List.of(full(psId, class1))));
    assertThat(classesOfPupil()).isEmpty();
  }

  private static void assertCounts(StoreSensitiveReply reply, int stored, int unchanged) {
    assertThat(List.of(reply.getStored(), reply.getUnchanged())).containsExactly(stored, unchanged);
  }

  private static StatusRuntimeException assertRefused(Status.Code code, Runnable call) {
    List<StatusRuntimeException> refusals = new ArrayList<>();
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(StatusRuntimeException.class, refusals::add);
    assertThat(refusals.get(0).getStatus().getCode()).isEqualTo(code);
    return refusals.get(0);
  }

  private List<UUID> classesOfPupil() throws SQLException {
    String sql = "select class_id from pupil_record where ps_id = '" + psId + "'";
    List<UUID> classes = new ArrayList<>();
    try (Connection superuser = kit.superuser();
        ResultSet rows = superuser.createStatement().executeQuery(sql)) {
      while (rows.next()) {
        classes.add(rows.getObject(1, UUID.class));
      }
    }
    return classes;
  }
}
