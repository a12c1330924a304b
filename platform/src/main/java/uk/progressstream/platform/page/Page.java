package uk.progressstream.platform.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

/**
 * One page of a list.
 *
 * @param items at most the asked {@code limit}
 * @param next what to send as {@code after} for the next page; null on the last
 * @param <T> what the list is of
 */
public record Page<T>(List<T> items, @Nullable String next) {
  /** Items of a page where the caller names no limit. */
  public static final int LIMIT_DEFAULT = 100;

  /** Most items of a page. */
  public static final int LIMIT_MAX = 1000;

  /**
   * A page out of one row more than it holds: the row too many only says that there is a next page.
   *
   * @param rows at most {@code limit + 1}
   * @param cursor the {@code after} that follows a row
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> items = List.copyOf(rows.subList(0, limit));
    return new Page<>(items, cursor.apply(items.get(limit - 1)));
  }

  /**
   * The limit that a request asked for, but {@link #LIMIT_MAX} at most.
   *
   * @throws Problem 400 where it is less than 1
   */
  public static int limit(@Nullable Integer asked) {
    if (asked != null && asked < 1) {
      throw Problem.badRequest(
          "bad-value",
          "Parameter not understood",
          "Send limit as a whole number from 1; a page has at most " + LIMIT_MAX + " items.");
    }
    return asked == null ? LIMIT_DEFAULT : Math.min(LIMIT_MAX, asked);
  }
}
