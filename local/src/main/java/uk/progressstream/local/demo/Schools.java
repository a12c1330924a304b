package uk.progressstream.local.demo;

import java.io.IOException;
import uk.progressstream.local.Failure;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.OnboardedSchool;
import uk.progressstream.local.sample.SampleSetUp;

/** Two schools join. */
final class Schools implements Chapter {
  private static final int CLASSES_MIN = 6;

  @Override
  public String title() {
    return "Two schools are onboarded; admins and teachers sign in by Google and Microsoft";
  }

  @Override
  public String clauses() {
    return "D11 D12";
  }

  @Override
  public String tell(World world) throws IOException {
    SampleSetUp sample = SampleSetUp.at(world.run());
    for (OnboardedSchool school : sample.schools()) {
      sample.people(school);
      World.check(school.classes().size() >= CLASSES_MIN, "a school has too few classes");
      world.onboarded(school);
    }
    creatorGainsNothing(world);
    return "GP: %d classes, MS: %d classes; a teacher with a cluster of two classes each"
        .formatted(world.school("GP").classes().size(), world.school("MS").classes().size());
  }

  private static void creatorGainsNothing(World world) {
    int status =
        world
            .as(SampleAccount.ONBOARDING)
            .get("/identity/v1/schools/" + world.school("GP").id() + "/classes")
            .status();
    if (status < 400) {
      throw new Failure("whoever created the school sees its classes");
    }
  }
}
