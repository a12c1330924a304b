package uk.progressstream.pseudonym.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.progressstream.pseudonym.vault.VaultPeer.enrolment;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.provisioning.proof.Proves;
import uk.progressstream.pseudonym.KeysTestResource;

@QuarkusTest
@WithTestResource(
    value = KeysTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "pseudonym"))
class EnrolmentGrpcTest {
  private static final String POSTCODE = "AB12 3CD";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final UUID school = UUID.randomUUID();
  private final UUID class1 = new UUID(0, 1);
  private final UUID class2 = new UUID(0, 2);
  private VaultPeer ingest;

  @BeforeEach
  void connect() {
    ingest = new VaultPeer(service, "ingest");
  }

  @AfterEach
  void disconnect() {
    ingest.close();
  }

  @Test
  @Proves("D4")
  @DisplayName("The same enrollment_id sent twice has one ps_id, random and of version 4")
  void sameIdTwiceIsOnePupil() {
    Pseudonym first = ingest.enrol(school, enrolment("P-1", class1, POSTCODE)).get(0);
    Pseudonym again = ingest.enrol(school, enrolment("P-1", class1, POSTCODE)).get(0);

    assertThat(first.getChanged()).isTrue();
    assertThat(again.getChanged()).isFalse();
    assertThat(again.getPsId()).isEqualTo(first.getPsId());
    assertThat(UUID.fromString(first.getPsId()).version()).isEqualTo(4);
  }

  @Test
  @Proves("D4")
  @DisplayName("The same enrollment_id at two schools has two ps_ids")
  void sameIdAtTwoSchoolsIsTwoPupils() {
    String here = ingest.enrol(school, enrolment("P-1", class1, "")).get(0).getPsId();
    String there = ingest.enrol(UUID.randomUUID(), enrolment("P-1", class1, "")).get(0).getPsId();

    assertThat(there).isNotEqualTo(here);
  }

  @Test
  @DisplayName(
      "Lines of one pupil in one batch are one pupil in both classes; each change is told once")
  void linesOfOnePupilInOneBatch() {
    List<Pseudonym> answers =
        ingest.enrol(
            school,
            enrolment("P-1", class1, POSTCODE),
            enrolment("P-1", class2, ""),
            enrolment("P-1", class1, ""),
            enrolment("P-2", class1, ""));

    assertThat(answers).extracting(Pseudonym::getChanged).containsExactly(true, true, false, true);
    assertThat(answers.subList(0, 3)).extracting(Pseudonym::getPsId).containsOnly(psId("P-1"));
    assertThat(answers.subList(0, 3))
        .allSatisfy(
            answer ->
                assertThat(answer.getClassIdsList())
                    .containsExactly(class1.toString(), class2.toString()));
    assertThat(answers.get(3).getPsId()).isNotEqualTo(answers.get(0).getPsId());
  }

  @Test
  @DisplayName("A new class or postcode is a change; a postcode that is not said is none")
  void classAndPostcodeChange() {
    ingest.enrol(school, enrolment("P-1", class1, POSTCODE));

    assertThat(changed(enrolment("P-1", class2, POSTCODE))).isTrue();
    assertThat(changed(enrolment("P-1", class1, ""))).isFalse();
    assertThat(changed(enrolment("P-1", class1, "AB12 3CE"))).isTrue();
    assertThat(changed(enrolment("P-1", class1, "AB12 3CE"))).isFalse();
  }

  @Test
  void findAnswersInOrderAndMakesNobody() {
    String known = ingest.enrol(school, enrolment("P-1", class1, "")).get(0).getPsId();

    List<Pseudonym> answers = ingest.find(school, "P-9", "P-1", "P-9");

    assertThat(answers).extracting(Pseudonym::getPsId).containsExactly("", known, "");
    assertThat(answers).extracting(Pseudonym::getChanged).containsOnly(false);
    assertThat(answers.get(1).getClassIdsList()).containsExactly(class1.toString());
    assertThat(ingest.find(school, "P-9").get(0).getPsId()).isEmpty();
    assertThat(ingest.find(UUID.randomUUID(), "P-1").get(0).getPsId()).isEmpty();
  }

  @Test
  void aThousandEntriesAreTakenAndOneMoreIsRefused() {
    List<Enrolment> thousand =
        IntStream.range(0, 1000).mapToObj(i -> enrolment("P-" + i, class1, "")).toList();

    assertThat(ingest.enrol(ingest.uploaderOf(school), school, thousand))
        .extracting(Pseudonym::getPsId)
        .doesNotHaveDuplicates()
        .hasSize(1000);
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        () ->
            ingest.find(
                ingest.uploaderOf(school),
                school,
                IntStream.range(0, 1001).mapToObj(i -> "P-" + i).toList()));
  }

  @Test
  @Proves("D3")
  @DisplayName(
      "A value that is no enrollment_id, class or postcode is refused by its place, and not quoted")
  void aBadEntryIsNotQuoted() {
    for (Enrolment bad :
        List.of(
            enrolment("Jo Bloggs", class1, ""),
            enrolment("P-1", class1, "ab12 3cd"),
            enrolment("P-1", class1, "").toBuilder().setClassId("Bloggs").build())) {
      StatusRuntimeException refusal =
          assertRefused(
              Status.Code.INVALID_ARGUMENT,
              () -> ingest.enrol(school, enrolment("P-1", class1, ""), bad));

      assertThat(refusal.getStatus().getDescription())
          .contains("entry 1")
          .doesNotContain("Bloggs", "3cd");
    }
    assertThat(ingest.find(school, "P-1").get(0).getPsId()).isEmpty();
  }

  private boolean changed(Enrolment enrolment) {
    return ingest.enrol(school, enrolment).get(0).getChanged();
  }

  private String psId(String id) {
    return ingest.find(school, id).get(0).getPsId();
  }

  static StatusRuntimeException assertRefused(Status.Code code, Runnable call) {
    StatusRuntimeException[] refusal = new StatusRuntimeException[1];
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(code);
              refusal[0] = e;
            });
    return refusal[0];
  }
}
