package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;

/** An employee changes schools. */
final class OneSchoolAtATime implements Chapter {
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;

  @Override
  public String title() {
    return "employee takes school GP, then MS: the GP token, not yet expired, is refused at once";
  }

  @Override
  public String clauses() {
    return "D13";
  }

  @Override
  public String tell(World world) {
    UUID gp = world.school("GP").id();
    UUID ms = world.school("MS").id();
    ApiClient atGp = take(world, gp);
    List<JsonObject> grades = Pages.all(atGp, "/grades/v1/grades");
    World.check(!grades.isEmpty() && allOf(grades, gp), "the employee does not see GP alone");
    ApiClient atMs = take(world, ms);
    long taken = System.nanoTime();
    int status = atGp.get("/grades/v1/grades").status();
    double ms0 = (System.nanoTime() - taken) / 1e6;
    World.check(status == UNAUTHORISED, "the token for GP still answers " + status);
    List<JsonObject> others = Pages.all(atMs, "/grades/v1/grades");
    World.check(!others.isEmpty() && allOf(others, ms), "the employee does not see MS alone");
    return "GP: %d grades; MS taken: the GP token refused (401) in %.0f ms; MS: %d grades"
        .formatted(grades.size(), ms0, others.size());
  }

  private static ApiClient take(World world, UUID school) {
    world
        .as(SampleAccount.EMPLOYEE)
        .put(
            "/identity/v1/employee-session",
            new JsonObject()
                .put("school", school.toString())
                .put("reason", "a question of the school"))
        .require(OK);
    return world.as(SampleAccount.EMPLOYEE);
  }

  private static boolean allOf(List<JsonObject> grades, UUID school) {
    return grades.stream().allMatch(grade -> school.toString().equals(grade.getString("school")));
  }
}
