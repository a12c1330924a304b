package uk.progressstream.local.demo;

import java.io.IOException;
import uk.progressstream.local.sample.OnboardedSchool;
import uk.progressstream.local.sample.SampleSetUp;

/** The schools' systems send what they have. */
final class SchoolData implements Chapter {
  @Override
  public String title() {
    return "The schools upload pupils, grades and sensitive fields, streamed and pseudonymised";
  }

  @Override
  public String clauses() {
    return "D4 D5 D6 D8";
  }

  @Override
  public String tell(World world) throws IOException {
    SampleSetUp sample = SampleSetUp.at(world.run());
    long rows = 0;
    long pupils = 0;
    long started = System.nanoTime();
    for (OnboardedSchool school : world.schools()) {
      rows += sample.data(school);
      pupils += school.plan().school().pupils().size();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return "%d pupils, %d rows in six files, every row stored; %.0f rows/s with the waiting"
        .formatted(pupils, rows, rows / seconds);
  }
}
