package uk.progressstream.identity.staff;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import uk.progressstream.identity.setting.IdentitySettings;

/**
 * The file with the company's staff. One that cannot be read or understood keeps the service from
 * starting. Later on the last good list counts for an hour, in which the age of the list is an
 * alarm; after that nobody is staff until the file is good again.
 */
@ApplicationScoped
public class StaffFile {
  /** For so long a list counts that could not be read again. */
  static final Duration LAST_GOOD_FOR = Duration.ofHours(1);

  private final Path path;
  private volatile Read last;

  @Inject
  StaffFile(IdentitySettings settings) {
    this(settings.staff());
  }

  StaffFile(Path path) {
    this.path = path;
    this.last = read();
  }

  /** The list that counts now. */
  public StaffList current() {
    return current(System.nanoTime());
  }

  StaffList current(long nowNanos) {
    return age(nowNanos).compareTo(LAST_GOOD_FOR) < 0 ? last.list() : StaffList.NOBODY;
  }

  /**
   * Reads the file again, wherever its path leads by now. It blocks.
   *
   * @throws IllegalStateException if it cannot be read or understood; then the last list stays
   */
  StaffList renew() {
    last = read();
    return last.list();
  }

  /** How long ago the file was read and understood. */
  Duration age(long nowNanos) {
    return Duration.ofNanos(nowNanos - last.atNanos());
  }

  private Read read() {
    long before = System.nanoTime();
    try {
      return new Read(StaffList.read(Files.readString(path)), before);
    } catch (IOException e) {
      throw new IllegalStateException("the staff file cannot be read");
    }
  }

  private record Read(StaffList list, long atNanos) {}
}
