package uk.progressstream.local.sample;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.installation.RunFile;

/** Two schools with their people and data, all through the public interface. */
public final class SampleSetUp {
  private final SignIn signIn;
  private final Onboarding onboarding;

  private SampleSetUp(SignIn signIn) {
    this.signIn = signIn;
    this.onboarding = new Onboarding(signIn);
  }

  /** At a running installation. */
  public static SampleSetUp at(RunFile run) throws IOException {
    return new SampleSetUp(SignIn.at(run));
  }

  /** Does everything; what an earlier run did is found and kept. */
  public void run(Consumer<String> says) {
    for (OnboardedSchool school : schools()) {
      people(school);
      long rows = data(school);
      says.accept(
          "school %s: %d classes, %d pupils, %d rows"
              .formatted(
                  school.plan().code(),
                  school.classes().size(),
                  school.plan().school().pupils().size(),
                  rows));
    }
  }

  /** Creates the schools with their classes. */
  public List<OnboardedSchool> schools() {
    List<OnboardedSchool> schools = new ArrayList<>();
    SamplePlan.all().forEach(plan -> schools.add(onboarding.school(plan)));
    return schools;
  }

  /** Invites and signs in a school's people. */
  public void people(OnboardedSchool school) {
    onboarding.teacher(school);
    onboarding.partnerSystem(school);
  }

  /**
   * Uploads a school's three files.
   *
   * @return how many rows were stored
   * @throws Failure if a single row was not
   */
  public long data(OnboardedSchool school) {
    SampleSchool data = school.plan().school();
    return upload(school, "pupils", data.pupilsCsv())
        + upload(school, "grades", data.gradesCsv())
        + upload(school, "sensitive", data.sensitiveCsv());
  }

  private long upload(OnboardedSchool school, String kind, String csv) {
    SamplePlan plan = school.plan();
    JsonObject upload =
        Uploads.send(
            signIn.as(plan.sender()), school.id(), kind, csv, "sample-" + plan.code() + "-" + kind);
    long rows = csv.lines().count() - 1;
    if (!"completed".equals(upload.getString("state")) || upload.getLong("rowsAccepted") != rows) {
      throw new Failure(
          "upload of %s for %s: %d rows, but %s"
              .formatted(kind, plan.code(), rows, upload.encode()));
    }
    return rows;
  }
}
