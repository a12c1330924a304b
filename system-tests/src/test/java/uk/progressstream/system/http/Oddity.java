package uk.progressstream.system.http;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import uk.progressstream.system.document.Operation;

/**
 * One odd thing about a request, and what comes of it.
 *
 * @param name what is odd
 * @param of the operations for which it is
 * @param change makes an example odd
 * @param statuses of which the answer has one; a failure among them is a problem of RFC 9457
 * @param more what else holds of the answer
 */
record Oddity(
    String name,
    Predicate<Operation> of,
    UnaryOperator<Attempt> change,
    List<Integer> statuses,
    BiConsumer<Operation, Reply> more) {

  static Oddity of(
      String name, Predicate<Operation> of, UnaryOperator<Attempt> change, Integer... statuses) {
    return new Oddity(name, of, change, List.of(statuses), (operation, reply) -> {});
  }

  Oddity and(BiConsumer<Operation, Reply> what) {
    return new Oddity(name, of, change, statuses, what);
  }

  /** Whether nothing is read or changed by it. */
  boolean refused() {
    return statuses.stream().allMatch(status -> status >= 400);
  }
}
