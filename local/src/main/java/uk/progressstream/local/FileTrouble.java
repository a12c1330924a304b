package uk.progressstream.local;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file; the exceptions themselves often name the file alone. */
public final class FileTrouble {
  private FileTrouble() {}

  /** The reason, without the file. */
  public static String reason(FileSystemException e) {
    if (e.getReason() != null) {
      return e.getReason();
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    return e instanceof NoSuchFileException ? "no such file or directory" : "it cannot be used";
  }
}
