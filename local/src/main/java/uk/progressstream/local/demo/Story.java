package uk.progressstream.local.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.progressstream.local.Failure;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.service.Service;
import uk.progressstream.local.up.ServiceStatus;

/** Tells the chapters in their order, and stops at the first that is not as promised. */
final class Story {
  private static final double START_SECONDS_MAX = 20;
  private static final double RESIDENT_MIB_MAX = 1536;
  private static final double DEMO_SECONDS_MAX = 90;
  private static final int VERIFY_SECONDS_MAX = 900;

  private final World world;
  private final List<Told> told = new ArrayList<>();

  Story(World world) {
    this.world = world;
  }

  private static List<Chapter> chapters() {
    return List.of(
        new Schools(),
        new SchoolData(),
        new RefusedRows(),
        new ClassGrades(),
        new ForgedScope(),
        new Download(),
        new OneSchoolAtATime(),
        new Breach(),
        new NothingLeftBehind());
  }

  /** Tells all; returns whether all was as promised. */
  boolean tell() {
    for (Chapter chapter : chapters()) {
      System.out.printf("%n%s  [%s]%n", chapter.title(), chapter.clauses());
      long started = System.nanoTime();
      String line;
      boolean passed = true;
      try {
        line = chapter.tell(world);
      } catch (Failure | IOException e) {
        line = String.valueOf(e.getMessage());
        passed = false;
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      told.add(new Told(chapter, passed, line, seconds));
      System.out.printf(Locale.ROOT, "  %s %s (%.1f s)%n", passed ? "ok " : "NOT", line, seconds);
      if (!passed) {
        return false;
      }
    }
    return true;
  }

  /** The table, with the measures; over a limit is said, and is no failure of the story. */
  void table(double demoSeconds) throws IOException {
    System.out.printf("%n%-60s %-12s %6s%n", "step", "clauses", "time");
    for (Told each : told) {
      System.out.printf(
          Locale.ROOT,
          "%-60s %-12s %4.1f s %s%n",
          shortened(each.chapter().title()),
          each.chapter().clauses(),
          each.seconds(),
          each.passed() ? "ok" : "FAILED: " + each.line());
    }
    System.out.println("measures");
    measures(demoSeconds).forEach(measure -> System.out.println(measure.line()));
  }

  private List<Measure> measures(double demoSeconds) throws IOException {
    RunFile run = world.run();
    long resident = 0;
    for (Service service : Service.values()) {
      resident += ServiceStatus.of(run.service(service.label())).residentMib();
    }
    List<Measure> measures = new ArrayList<>();
    measures.add(
        new Measure(
            "start until every service answers",
            run.json().getDouble("startSeconds"),
            START_SECONDS_MAX,
            "s"));
    measures.add(new Measure("the seven services resident", resident, RESIDENT_MIB_MAX, "MiB"));
    measures.add(new Measure("the demo, start included", demoSeconds, DEMO_SECONDS_MAX, "s"));
    world
        .checkout()
        .verifySeconds()
        .map(s -> new Measure("the last ./mvnw verify of this tree", s, VERIFY_SECONDS_MAX, "s"))
        .ifPresent(measures::add);
    return measures;
  }

  private static String shortened(String title) {
    int max = 60;
    return title.length() <= max ? title : title.substring(0, max - 1) + "…";
  }
}
