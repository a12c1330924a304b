package uk.progressstream.breach.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.progressstream.breach.text.IncidentText;
import uk.progressstream.platform.problem.Problem;

/**
 * A request to open a breach.
 *
 * @param awareAt when the company became aware; not in the future
 * @param summary what happened, at most 500 characters; never who: no name, address or number of a
 *     person, since it is shown in lists and exports
 * @param suspectedActors accounts that may have done it, at most 100; none means anybody
 * @param windowFrom from when on the log is to be reviewed; 30 days before {@code windowTo} if
 *     absent
 * @param windowTo until when, exclusive; {@code awareAt} if absent
 */
public record NewBreach(
    @Nullable Instant awareAt,
    @Nullable String summary,
    @Nullable List<UUID> suspectedActors,
    @Nullable Instant windowFrom,
    @Nullable Instant windowTo) {
  private static final int SUMMARY_CHARACTERS_MAX = 500;
  private static final int SUSPECTS_MAX = 100;
  private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofSeconds(60);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");
  private static final Duration WINDOW_DEFAULT = Duration.ofDays(30);

  /**
   * The request, checked and with its defaults.
   *
   * @param now the time of this process
   * @throws Problem 400 for what is missing, too long, out of order or in the future
   */
  IncidentDraft checked(Instant now) {
    if (awareAt == null || summary == null) {
      throw refused("awareAt and summary are required.");
    }
    if (Stream.of(
            Optional.of(awareAt), Optional.ofNullable(windowFrom), Optional.ofNullable(windowTo))
        .flatMap(Optional::stream)
        .anyMatch(time -> time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
      throw refused("Times are of the years 2000 to 2999.");
    }
    if (awareAt.isAfter(now.plus(CLOCK_DIFFERENCE_MAX))) {
      throw refused("awareAt must not be in the future.");
    }
    Instant to = Objects.requireNonNullElse(windowTo, awareAt);
    Instant from = Objects.requireNonNullElse(windowFrom, to.minus(WINDOW_DEFAULT));
    if (!from.isBefore(to)) {
      throw refused("windowFrom must be before windowTo.");
    }
    String text = IncidentText.check("summary", summary, SUMMARY_CHARACTERS_MAX);
    return new IncidentDraft(awareAt, text, suspects(), from, to);
  }

  private List<UUID> suspects() {
    List<UUID> all = Objects.requireNonNullElse(suspectedActors, List.of());
    if (all.size() > SUSPECTS_MAX || all.stream().anyMatch(Objects::isNull)) {
      throw refused("suspectedActors holds at most " + SUSPECTS_MAX + " account ids.");
    }
    return all.stream().distinct().sorted().toList();
  }

  private static Problem refused(String detail) {
    return Problem.badRequest("breach-refused", "Breach refused", detail);
  }
}
