package uk.progressstream.ingest.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of uploads. */
@ConfigMapping(prefix = "ps.ingest")
public interface UploadSettings {
  /** Most bytes of one file. */
  @WithDefault("1073741824")
  long bytesMax();

  /** Most rows of one file below its header. */
  @WithDefault("10000000")
  long rowsMax();

  /** Most problems of one upload that are listed. */
  @WithDefault("10000")
  int problemsMax();

  /** Uploads that one process reads at the same time, a worker thread each. */
  @WithDefault("16")
  int atOnceMax();

  /** How many of them may be one school's. */
  @WithDefault("4")
  int atOncePerSchoolMax();

  /** Least rate at which a file must arrive, on average over each {@link #paceWindow}. */
  @WithDefault("1024")
  long bytesPerSecondMin();

  /** Over how much waiting for the sender the rate is measured. */
  @WithDefault("20s")
  Duration paceWindow();

  /** How often progress is read for a listener. */
  @WithDefault("500ms")
  Duration progressInterval();
}
