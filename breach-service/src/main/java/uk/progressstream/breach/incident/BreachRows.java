package uk.progressstream.breach.incident;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import uk.progressstream.breach.clock.BreachClock;
import uk.progressstream.breach.clock.Step;

/** Reads what {@link BreachRepository} selects. */
final class BreachRows {
  private BreachRows() {}

  static Breach breach(Row row) {
    Instant awareAt = instant(row, "aware_at");
    return new Breach(
        row.getUUID("id"),
        awareAt,
        row.getString("summary"),
        List.of(row.getArrayOfUUIDs("suspects")),
        instant(row, "window_from"),
        instant(row, "window_to"),
        instant(row, "opened_at"),
        row.getUUID("opened_by"),
        BreachClock.steps(awareAt, metAt(row), instant(row, "now")));
  }

  static TimelineEntry timelineEntry(Row row) {
    return new TimelineEntry(
        instant(row, "at"),
        row.getString("kind"),
        row.getUUID("actor"),
        row.getString("step"),
        row.getInteger("percent"),
        row.getUUID("school_id"),
        row.getString("text"));
  }

  private static Map<Step, Instant> metAt(Row row) {
    String[] steps = row.getArrayOfStrings("met_steps");
    OffsetDateTime[] times = row.getArrayOfOffsetDateTimes("met_times");
    Map<Step, Instant> metAt = new EnumMap<>(Step.class);
    for (int i = 0; i < steps.length; i++) {
      metAt.put(Step.of(steps[i]).orElseThrow(), times[i].toInstant());
    }
    return metAt;
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
