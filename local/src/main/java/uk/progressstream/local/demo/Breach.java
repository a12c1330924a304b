package uk.progressstream.local.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.up.ServiceStatus;

/** The clock of a breach outlives the process that shows it. */
final class Breach implements Chapter {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final Duration BACK_WITHIN = Duration.ofSeconds(60);
  private static final long POLL_MS = 200;

  /** Due after awareness, hours: 1 h, 4 h, 4 h, 72 h, 1 week, 2 weeks. */
  private static final List<Long> DUE_HOURS = List.of(1L, 4L, 4L, 72L, 168L, 336L);

  @Override
  public String title() {
    return "dpo opens a breach: the log says who touched which school; deadlines survive kill -9";
  }

  @Override
  public String clauses() {
    return "B1-B6";
  }

  @Override
  public String tell(World world) throws IOException {
    ApiClient dpo = world.as(SampleAccount.DPO);
    Instant awareAt = Instant.now();
    String breach = open(dpo, awareAt);
    String scope = scope(world, dpo, breach);
    JsonArray before = steps(dpo, breach);
    deadlines(before, awareAt);
    double seconds = killAndAwait(world);
    JsonArray after = steps(world.as(SampleAccount.DPO), breach);
    for (int i = 0; i < before.size(); i++) {
      JsonObject one = before.getJsonObject(i);
      JsonObject same = after.getJsonObject(i);
      World.check(
          one.getString("dueAt").equals(same.getString("dueAt"))
              && same.getLong("remainingSeconds") <= one.getLong("remainingSeconds"),
          "a deadline moved");
    }
    return "%s; six deadlines stand, the same after kill -9 and %.1f s".formatted(scope, seconds);
  }

  private static String open(ApiClient dpo, Instant awareAt) {
    JsonObject request =
        new JsonObject()
            .put("awareAt", awareAt.toString())
            .put("summary", "Demonstration: a teacher account may have been taken over")
            .put("windowFrom", awareAt.minus(Duration.ofHours(1)).toString())
            .put("windowTo", awareAt.toString());
    return dpo.post("/breach/v1/breaches", request).require(CREATED).json().getString("id");
  }

  private static String scope(World world, ApiClient dpo, String breach) {
    long asked = System.nanoTime();
    Answer answer = dpo.get("/breach/v1/breaches/" + breach + "/scope").require(OK);
    double seconds = (System.nanoTime() - asked) / 1e9;
    String affected = answer.json().getJsonArray("affected").encode();
    world
        .schools()
        .forEach(
            school ->
                World.check(
                    affected.contains(school.id().toString()),
                    "the log does not name school " + school.plan().code()));
    return "both schools named from the log in %.1f s".formatted(seconds);
  }

  private static JsonArray steps(ApiClient dpo, String breach) {
    return dpo.get("/breach/v1/breaches/" + breach).require(OK).json().getJsonArray("steps");
  }

  private static void deadlines(JsonArray steps, Instant awareAt) {
    World.check(steps.size() == DUE_HOURS.size(), "not six deadlines");
    for (int i = 0; i < steps.size(); i++) {
      Instant due = Instant.parse(steps.getJsonObject(i).getString("dueAt"));
      long off = Math.abs(Duration.between(awareAt, due).toSeconds() - DUE_HOURS.get(i) * 3600);
      World.check(off <= 1, "deadline " + (i + 1) + " is wrong");
    }
  }

  private static double killAndAwait(World world) throws IOException {
    long killed = System.nanoTime();
    long pid = world.run().service("breach").getLong("pid");
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Instant deadline = Instant.now().plus(BACK_WITHIN);
    while (Instant.now().isBefore(deadline)) {
      JsonObject service = world.run().service("breach");
      if (service.getLong("pid") != pid && ServiceStatus.of(service).ready()) {
        return (System.nanoTime() - killed) / 1e9;
      }
      pause();
    }
    throw new Failure("the breach service was not started again");
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
