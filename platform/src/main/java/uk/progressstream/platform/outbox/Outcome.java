package uk.progressstream.platform.outbox;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How something ended, in the one word that the log holds: of all that is recorded. */
public enum Outcome {
  /** It was done as asked. */
  ALLOWED,
  /** It was not let happen. */
  REFUSED,
  /** It ended with a fault of ours. */
  FAILED,
  /** It came to its end. */
  COMPLETED,
  /** The reader of a download went away. */
  CUT,
  /** The scope of a download was over. */
  EXPIRED,
  /** Access was taken back while a download ran. */
  REVOKED,
  /** Nobody was left to say how a download ended. */
  UNKNOWN,
  /** The log could not take the event, and holds this in its place. */
  UNREADABLE;

  /** All of them, for a text. */
  public static final String ALL =
      Stream.of(values()).map(Outcome::word).collect(Collectors.joining(", "));

  /** As the log has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this word, if there is one. */
  public static Optional<Outcome> ofWord(String word) {
    return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
