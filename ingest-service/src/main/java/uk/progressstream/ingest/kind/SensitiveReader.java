package uk.progressstream.ingest.kind;

import java.util.List;
import uk.progressstream.ingest.csv.CsvRow;
import uk.progressstream.ingest.value.CodeList;
import uk.progressstream.ingest.value.EnrollmentId;
import uk.progressstream.ingest.value.SenNeed;

/** Rows of a {@code sensitive} file: codes only, and an empty cell means "not said". */
final class SensitiveReader implements RowReader {
  private static final CodeList YES_NO = CodeList.load("yes-no");
  private static final CodeList PUPIL_PREMIUM = CodeList.load("pupil-premium");
  private static final CodeList EAL = CodeList.load("eal");
  private static final CodeList SERVICE_CHILD = CodeList.load("service-child");
  private static final CodeList ETHNICITY = CodeList.load("ethnicity");

  @Override
  public RowOutcome<Entry> read(Header header, CsvRow row) {
    RowCheck check = new RowCheck(header, row);
    String id = check.required("enrollment_id", EnrollmentId::check, "");
    String provision = check.optional("sen_provision", SenNeed::provision, "");
    List<String> types =
        check.refuses("sen_provision")
            ? List.of()
            : check.optional("sen_type", text -> SenNeed.types(text, provision), List.of());
    String pupilPremium = check.optional("pupil_premium", PUPIL_PREMIUM::check, "");
    String fsm = check.optional("fsm", YES_NO::check, "");
    String fsm6 = check.optional("fsm6", YES_NO::check, "");
    String eal = check.optional("eal", EAL::check, "");
    String lookedAfter = check.optional("looked_after", YES_NO::check, "");
    String serviceChild = check.optional("service_child", SERVICE_CHILD::check, "");
    String ethnicity = check.optional("ethnicity", ETHNICITY::check, "");
    return check.outcome(
        () ->
            new Entry.Sensitive(
                check.number(),
                id,
                provision,
                types,
                pupilPremium,
                fsm,
                fsm6,
                eal,
                lookedAfter,
                serviceChild,
                ethnicity));
  }
}
