package uk.progressstream.local.up;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar where a person looks on; nothing where the output is a file. */
public final class Bar implements AutoCloseable {
  private static final boolean TERMINAL = "1".equals(System.getenv("PS_TERMINAL"));
  private static final int REDRAW_MS = 200;

  private final @Nullable ProgressBar bar;

  private Bar(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Opens a bar.
   *
   * @param unit such as {@code " KiB"}; empty for none
   */
  public static Bar open(String task, long total, String unit, long unitSize) {
    return new Bar(
        TERMINAL
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .clearDisplayOnFinish()
                .build()
            : null);
  }

  /** Moves on by one. */
  public void step(String message) {
    if (bar != null) {
      bar.setExtraMessage(message);
      bar.step();
    }
  }

  /** Moves to a place. */
  public void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
