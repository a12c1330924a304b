package uk.progressstream.gateway;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Takes renewed certificate files, and tells a failure from silence. */
final class CertificateRenewal {
  private final Callable<Boolean> take;
  // Readable while a look waits for a disk that hangs.
  private volatile @Nullable Exception failure;

  /** What a look at the files has found. */
  enum Found {
    /** The same certificates as before. */
    NOTHING_NEW,
    /** Others, which are in use now. */
    RENEWED,
    /** They cannot be used; the former ones stay in use. */
    UNUSABLE,
    /** They still cannot be used. */
    STILL_UNUSABLE,
    /** After that, the former ones once more. */
    USABLE_AGAIN
  }

  /**
   * A renewal of files that belong together.
   *
   * @param take reads them and takes what is new; gives whether anything was, and fails where they
   *     cannot be used
   */
  CertificateRenewal(Callable<Boolean> take) {
    this.take = take;
  }

  /** Reads the files and takes what is new; blocks. */
  synchronized Found look() {
    boolean before = failure != null;
    try {
      boolean renewed = take.call();
      failure = null;
      if (renewed) {
        return Found.RENEWED;
      }
      return before ? Found.USABLE_AGAIN : Found.NOTHING_NEW;
    } catch (Exception e) { // What the interface declares.
      failure = e;
      return before ? Found.STILL_UNUSABLE : Found.UNUSABLE;
    }
  }

  /** Whether the last look found files that cannot be used. */
  boolean hasFailed() {
    return failure != null;
  }

  /** Why the last look found that they cannot be used; null where they can. */
  @Nullable Exception failure() {
    return failure;
  }
}
