package uk.progressstream.platform.scope;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The canonical text of a scope: nine fields joined by {@code |}. It is what the seal covers and
 * what the database's functions read ({@code scope.sql} of the provisioning module is its other
 * reader).
 *
 * <pre>ps1|token|account|expiry, epoch s|lease or -|purpose|permissions|kind|cells</pre>
 *
 * Lists are sorted and joined by commas, so that one scope has one text.
 */
public final class ScopeText {
  private static final String VERSION = "ps1";
  private static final int FIELDS = 9;

  private ScopeText() {}

  /**
   * Writes a scope.
   *
   * @throws IllegalArgumentException if a purpose or permission holds a character that the format
   *     does not allow
   */
  public static String write(Scope scope) {
    require(isWord(scope.purpose()), "purpose");
    scope.permissions().forEach(each -> require(isPermission(each), "permission"));
    return String.join(
        "|",
        VERSION,
        scope.tokenId().toString(),
        scope.account().toString(),
        Long.toString(scope.expiresAt().getEpochSecond()),
        scope.lease().map(UUID::toString).orElse("-"),
        scope.purpose(),
        sorted(scope.permissions().stream()),
        scope.kind().code(),
        cells(scope));
  }

  /**
   * Reads a scope that {@link #write} wrote. Only its form is checked here; whether it is genuine
   * is for the seal, and that is checked in the database.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Scope read(String text) {
    String[] field = text.split("\\|", -1);
    require(field.length == FIELDS && field[0].equals(VERSION), "version or number of fields");
    ScopeKind kind = ScopeKind.of(field[7]);
    List<String> cells = list(field[8]);
    Scope scope =
        new Scope(
            UUID.fromString(field[1]),
            UUID.fromString(field[2]),
            Instant.ofEpochSecond(Long.parseLong(field[3])),
            field[4].equals("-") ? Optional.empty() : Optional.of(UUID.fromString(field[4])),
            field[5],
            Set.copyOf(list(field[6])),
            kind,
            kind == ScopeKind.SCHOOL ? uuids(cells) : Set.of(),
            kind == ScopeKind.CLASS ? classCells(cells) : Set.of());
    require(write(scope).equals(text), "not canonical");
    return scope;
  }

  /** Two words and a colon, as in {@code grades:read}. */
  private static boolean isPermission(String text) {
    int colon = text.indexOf(':');
    return colon >= 0 && isWord(text.substring(0, colon)) && isWord(text.substring(colon + 1));
  }

  /**
   * Lower-case letters and hyphens, a letter first. By hand, since every request writes its scope:
   * as regular expressions these checks were more than half of all that identity allocated.
   */
  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.charAt(0) != '-'
        && text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z'));
  }

  private static String cells(Scope scope) {
    return switch (scope.kind()) {
      case SCHOOL -> sorted(scope.schools().stream().map(UUID::toString));
      case CLASS -> sorted(scope.classes().stream().map(ClassCell::text));
      case NONE -> "";
    };
  }

  private static String sorted(Stream<String> words) {
    return words.sorted().collect(Collectors.joining(","));
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
  }

  private static Set<UUID> uuids(List<String> texts) {
    return texts.stream().map(UUID::fromString).collect(Collectors.toSet());
  }

  private static Set<ClassCell> classCells(List<String> texts) {
    return texts.stream().map(ClassCell::of).collect(Collectors.toSet());
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("not a canonical scope: " + what);
    }
  }
}
