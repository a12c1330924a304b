package uk.progressstream.ingest.peers;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.contracts.grades.GradeRow;
import uk.progressstream.contracts.pseudonym.Enrolment;
import uk.progressstream.contracts.pseudonym.Pseudonym;
import uk.progressstream.contracts.sensitive.SensitiveRow;
import uk.progressstream.ingest.finding.Finding;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.kind.Entry;
import uk.progressstream.ingest.run.BatchResult;

/**
 * Swaps enrollment ids for pseudonyms and sends each half of a batch where it belongs: ids and
 * postcodes to the vault, grades and sensitive fields to their services. No call here carries both
 * an id and a grade or a sensitive field.
 */
@ApplicationScoped
public class BatchIntake {
  private final PupilVault vault;
  private final GradeStore grades;
  private final SensitiveStore sensitive;

  BatchIntake(PupilVault vault, GradeStore grades, SensitiveStore sensitive) {
    this.vault = vault;
    this.grades = grades;
    this.sensitive = sensitive;
  }

  /** Pupils: made known to the vault, with class and postcode. */
  BatchResult pupils(Destination to, List<Entry.Pupil> batch) {
    if (to.dryRun()) {
      return new BatchResult(batch.size(), 0, List.of());
    }
    List<Enrolment> enrolments =
        batch.stream()
            .map(pupil -> enrolment(pupil.enrollmentId(), pupil.classId(), pupil.postcode()))
            .toList();
    List<Pseudonym> pseudonyms = vault.enrol(to.caller(), to.school(), enrolments);
    int unchanged = (int) pseudonyms.stream().filter(each -> !each.getChanged()).count();
    return new BatchResult(batch.size(), unchanged, List.of());
  }

  /** Grades: their pupils to the vault, then the grades by pseudonym. */
  BatchResult grades(Destination to, List<Entry.Grade> batch) {
    if (to.dryRun()) {
      return new BatchResult(batch.size(), 0, List.of());
    }
    PseudonymBook<Enrolment> book =
        PseudonymBook.ask(
            batch.stream().map(BatchIntake::enrolment).toList(),
            enrolments -> vault.enrol(to.caller(), to.school(), enrolments));
    List<GradeRow> rows =
        batch.stream().map(grade -> row(grade, book.get(enrolment(grade)))).toList();
    int unchanged = grades.store(to.caller(), to.school(), to.upload(), rows);
    return new BatchResult(batch.size(), unchanged, List.of());
  }

  /**
   * Sensitive fields of pupils that are known; an unknown one is refused, since it is in no class.
   */
  BatchResult sensitive(Destination to, List<Entry.Sensitive> batch, int idColumn) {
    PseudonymBook<String> book =
        PseudonymBook.ask(
            batch.stream().map(Entry.Sensitive::enrollmentId).toList(),
            ids -> vault.find(to.caller(), to.school(), ids));
    List<SensitiveRow> rows = new ArrayList<>();
    List<Finding> refused = new ArrayList<>();
    for (Entry.Sensitive entry : batch) {
      Pseudonym pseudonym = book.get(entry.enrollmentId());
      if (pseudonym.getPsId().isEmpty() || pseudonym.getClassIdsCount() == 0) {
        refused.add(unknown(entry, idColumn));
      } else {
        rows.add(row(entry, pseudonym));
      }
    }
    boolean nothing = rows.isEmpty() || to.dryRun();
    int unchanged = nothing ? 0 : sensitive.store(to.caller(), to.school(), to.upload(), rows);
    return new BatchResult(rows.size(), unchanged, refused);
  }

  private static Finding unknown(Entry.Sensitive entry, int idColumn) {
    return new Finding(entry.row(), idColumn, "enrollment_id", ProblemCode.UNKNOWN_PUPIL, "");
  }

  private static Enrolment enrolment(Entry.Grade grade) {
    return enrolment(grade.enrollmentId(), grade.classId(), "");
  }

  private static Enrolment enrolment(String enrollmentId, String classId, String postcode) {
    return Enrolment.newBuilder()
        .setEnrollmentId(enrollmentId)
        .setClassId(classId)
        .setPostcode(postcode)
        .build();
  }

  private static GradeRow row(Entry.Grade grade, Pseudonym pseudonym) {
    return GradeRow.newBuilder()
        .setPsId(pseudonym.getPsId())
        .setClassId(grade.classId())
        .setSubject(grade.subject())
        .setQualification(grade.qualification())
        .setPeriod(grade.period())
        .setKind(grade.kind())
        .setScale(grade.scale())
        .setGrade(grade.grade())
        .setPointsTenths(grade.pointsTenths())
        .build();
  }

  private static SensitiveRow row(Entry.Sensitive entry, Pseudonym pseudonym) {
    return SensitiveRow.newBuilder()
        .setPsId(pseudonym.getPsId())
        .addAllClassIds(pseudonym.getClassIdsList())
        .setSenProvision(entry.senProvision())
        .addAllSenTypes(entry.senTypes())
        .setPupilPremium(entry.pupilPremium())
        .setFsm(entry.fsm())
        .setFsm6(entry.fsm6())
        .setEal(entry.eal())
        .setLookedAfter(entry.lookedAfter())
        .setServiceChild(entry.serviceChild())
        .setEthnicity(entry.ethnicity())
        .build();
  }
}
