package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.Uploads;

/** What must not come in does not come in. */
final class RefusedRows implements Chapter {
  /** A made-up word, so that it can be looked for; the column alone refuses the file. */
  private static final String NAME = "Qxvbelle Zzkrimsson";

  /** Valid by its check letter, and nobody's: an example from the format's description. */
  private static final String UPN = "H801200001001";

  private static final String SEN_CODE = "XQZ9";

  @Override
  public String title() {
    return "A name column, a UPN as enrollment_id and an impossible SEN code are refused";
  }

  @Override
  public String clauses() {
    return "D3";
  }

  @Override
  public String tell(World world) {
    UUID school = world.school("GP").id();
    ApiClient sender = world.as(SampleAccount.GP_PARTNER_SYSTEM);
    String names =
        "enrollment_id,full_name,class,year_group,postcode\nGP-P9001," + NAME + ",POR-Y11,Y11,\n";
    refused(sender, school, "pupils", names, "refused", "identity-column");
    String upn =
        "enrollment_id,class,year_group,postcode\n"
            + UPN
            + ",POR-Y11,Y11,\nGP-P9002,POR-Y11,Y11,SW1A 1AA\n";
    refused(sender, school, "pupils", upn, "completed-with-problems", "upn");
    String sen =
        "enrollment_id,sen_provision,sen_type,pupil_premium,fsm,fsm6,eal,looked_after,service_child,ethnicity\n"
            + "GP-P9002,"
            + SEN_CODE
            + ",,N,N,N,ENG,N,N,WBRI\nGP-P0001,N,,N,N,N,ENG,N,N,WBRI\n";
    refused(sender, school, "sensitive", sen, "completed-with-problems", "unknown-code");
    world.refusedValues().add(NAME);
    world.refusedValues().add(UPN);
    world.refusedValues().add(SEN_CODE);
    return "each is refused with row, column and code; the other rows are loaded";
  }

  private static void refused(
      ApiClient sender, UUID school, String kind, String csv, String state, String code) {
    JsonObject upload = Uploads.send(sender, school, kind, csv, UUID.randomUUID().toString());
    String problems = Uploads.problems(sender, upload);
    World.check(
        state.equals(upload.getString("state")),
        "an upload that had to be %s is %s".formatted(state, upload.getString("state")));
    World.check(problems.contains("\"" + code + "\""), "no problem " + code + " in " + problems);
    for (String value : new String[] {NAME, UPN, SEN_CODE}) {
      World.check(!problems.contains(value), "a refused value is repeated in the problems");
    }
    if (state.equals("completed-with-problems")) {
      World.check(upload.getLong("rowsAccepted") == 1, "the good row was not loaded");
    }
  }
}
