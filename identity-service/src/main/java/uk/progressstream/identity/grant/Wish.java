package uk.progressstream.identity.grant;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code scope} parameter of a token request asks for; it can only narrow.
 *
 * @param permissions empty for all that there are
 * @param school one school of several
 * @param role one role of several
 */
public record Wish(Set<String> permissions, Optional<UUID> school, Optional<Role> role) {
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z-]*:[a-z][a-z-]*");
  private static final String SCHOOL = "school:";
  private static final String ROLE = "role:";
  private static final int UUID_LENGTH = 36;
  private static final int WORDS_MAX = 40;

  /** Asks for nothing in particular. */
  public static final Wish ANY = new Wish(Set.of(), Optional.empty(), Optional.empty());

  /** Keeps a copy. */
  public Wish {
    permissions = Set.copyOf(permissions);
  }

  /**
   * Reads a scope parameter: words of {@code permission}, {@code school:<uuid>} and {@code
   * role:<role>}, separated by spaces (RFC 6749, section 3.3).
   *
   * @return empty if it is not understood
   */
  public static Optional<Wish> read(@Nullable String scope) {
    if (scope == null || scope.isEmpty()) {
      return Optional.of(ANY);
    }
    String[] words = scope.split(" ", -1);
    if (words.length > WORDS_MAX) {
      return Optional.empty();
    }
    Reader reader = new Reader();
    for (String word : words) {
      if (!reader.take(word)) {
        return Optional.empty();
      }
    }
    return Optional.of(reader.wish());
  }

  private static final class Reader {
    private final Set<String> permissions = new HashSet<>();
    private @Nullable UUID school;
    private @Nullable Role role;

    boolean take(String word) {
      if (word.startsWith(SCHOOL) && word.length() == SCHOOL.length() + UUID_LENGTH) {
        return takeSchool(word.substring(SCHOOL.length()));
      }
      if (word.startsWith(ROLE)) {
        return takeRole(Role.of(word.substring(ROLE.length())));
      }
      permissions.add(word);
      return PERMISSION.matcher(word).matches();
    }

    private boolean takeSchool(String text) {
      if (school != null) {
        return false;
      }
      try {
        school = UUID.fromString(text);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private boolean takeRole(Optional<Role> asked) {
      boolean first = role == null;
      role = asked.orElse(null);
      return first && role != null;
    }

    Wish wish() {
      return new Wish(permissions, Optional.ofNullable(school), Optional.ofNullable(role));
    }
  }
}
