package uk.progressstream.gateway;

import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;

/** Takes renewed certificate files, and tells a failure from silence. */
final class CertificateRenewal {
  private final DoorTls tls;
  private final Callable<DoorTls.Files> files;
  private boolean failed;

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
   * A renewal.
   *
   * @param files reads the files; fails where they cannot be read
   */
  CertificateRenewal(DoorTls tls, Callable<DoorTls.Files> files) {
    this.tls = tls;
    this.files = files;
  }

  /** Reads the files and takes what is new; blocks. */
  synchronized Found look() {
    boolean before = failed;
    try {
      boolean renewed = tls.replaceBy(read());
      failed = false;
      if (renewed) {
        return Found.RENEWED;
      }
      return before ? Found.USABLE_AGAIN : Found.NOTHING_NEW;
    } catch (GeneralSecurityException e) {
      failed = true;
      return before ? Found.STILL_UNUSABLE : Found.UNUSABLE;
    }
  }

  /** Whether the last look found files that cannot be used. */
  synchronized boolean hasFailed() {
    return failed;
  }

  private DoorTls.Files read() throws GeneralSecurityException {
    try {
      return files.call();
    } catch (Exception e) { // What the interface declares.
      throw new GeneralSecurityException("the files cannot be read", e);
    }
  }
}
