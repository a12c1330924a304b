package uk.progressstream.local.sample;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.issuer.IssuerKind;
import uk.progressstream.local.issuer.SampleAccount;

/** Creates a sample school, its classes and its people. Done again, it finds what is there. */
public final class Onboarding {
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final SignIn signIn;

  /** At a running installation. */
  public Onboarding(SignIn signIn) {
    this.signIn = signIn;
  }

  /** Onboarding staff create the school and name its first admin, who then makes its classes. */
  public OnboardedSchool school(SamplePlan plan) {
    SampleSchool school = plan.school();
    JsonObject request =
        new JsonObject()
            .put("name", "Sample school " + school.code())
            .put("urn", school.urn())
            .put("firstAdmin", invitee(plan.admin()));
    String id =
        signIn
            .as(SampleAccount.ONBOARDING)
            .post("/identity/v1/schools", request, "sample-school-" + school.code())
            .require(CREATED)
            .json()
            .getString("id");
    return new OnboardedSchool(plan, UUID.fromString(id), classes(plan, id));
  }

  /** The admin invites the teacher, and gives them a cluster of two classes. */
  public void teacher(OnboardedSchool school) {
    SamplePlan plan = school.plan();
    ApiClient admin = signIn.as(plan.admin());
    invite(admin, school, plan.teacher(), "teacher");
    String account =
        signIn.as(plan.teacher()).get("/identity/v1/me").require(OK).json().getString("account");
    JsonArray cells = new JsonArray();
    plan.teacherClasses()
        .forEach(
            code ->
                cells.add(
                    new JsonObject()
                        .put("school", school.id().toString())
                        .put("class", school.classId(code).toString())));
    JsonObject request = new JsonObject().put("name", "Two classes").put("cells", cells);
    String cluster =
        admin
            .post("/identity/v1/clusters", request, "sample-cluster-" + plan.code())
            .require(CREATED)
            .json()
            .getString("id");
    admin
        .put("/identity/v1/clusters/" + cluster + "/accounts/" + account, new JsonObject())
        .require(OK);
  }

  /** The admin invites the school's own system, where it has one. */
  public void partnerSystem(OnboardedSchool school) {
    if (school.plan().sender() != school.plan().admin()) {
      invite(signIn.as(school.plan().admin()), school, school.plan().sender(), "partner-system");
    }
  }

  private Map<String, UUID> classes(SamplePlan plan, String school) {
    ApiClient admin = signIn.as(plan.admin());
    Map<String, UUID> ids = new TreeMap<>();
    for (SampleClass each : plan.school().classes()) {
      JsonObject request =
          new JsonObject()
              .put("code", each.code())
              .put("subject", each.subject())
              .put("yearGroup", each.yearGroup());
      Answer answer =
          admin.post(
              "/identity/v1/schools/" + school + "/classes",
              request,
              "sample-class-" + each.code());
      ids.put(each.code(), UUID.fromString(answer.require(CREATED).json().getString("id")));
    }
    return ids;
  }

  private static void invite(
      ApiClient admin, OnboardedSchool school, SampleAccount account, String role) {
    admin
        .post(
            "/identity/v1/schools/" + school.id() + "/invitations",
            invitee(account).put("role", role),
            "sample-invitation-" + account.label())
        .require(CREATED);
  }

  private static JsonObject invitee(SampleAccount account) {
    boolean google = account.issuer() == IssuerKind.GOOGLE;
    return new JsonObject()
        .put("issuer", google ? "google" : "microsoft")
        .put(google ? "domain" : "tenant", account.realm())
        .put("email", account.email());
  }
}
