package uk.progressstream.platform.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that is asked once at a time. Who comes while it is under way shares its answer, and
 * its failure. No answer within the patience is a failure, so that one that hangs holds nobody up
 * for longer, and the next one is asked anew.
 *
 * @param <T> the answer
 */
public final class SharedQuestion<T> {
  private final Duration patience;
  private @Nullable Uni<T> underWay;

  /**
   * A question.
   *
   * @param patience how long an answer is waited for
   */
  public SharedQuestion(Duration patience) {
    this.patience = patience;
  }

  /**
   * The answer to the question that is under way, or to this one where there is none. It comes in
   * the context of whoever waits for it, and not of whoever asked first.
   */
  public Uni<T> ask(Supplier<Uni<T>> question) {
    return Uni.createFrom().deferred(() -> inThisContext(shared(question)));
  }

  private synchronized Uni<T> shared(Supplier<Uni<T>> question) {
    Uni<T> known = underWay;
    if (known != null) {
      return known;
    }
    Uni<T> asked =
        Uni.createFrom()
            .deferred(question::get)
            .ifNoItem()
            .after(patience)
            .fail()
            .onTermination()
            .invoke(this::over)
            .memoize()
            .indefinitely();
    underWay = asked;
    return asked;
  }

  private synchronized void over() {
    underWay = null;
  }

  private static <T> Uni<T> inThisContext(Uni<T> answer) {
    Context context = Vertx.currentContext();
    return context == null
        ? answer
        : answer.emitOn(command -> context.runOnContext(ignored -> command.run()));
  }
}
