package uk.progressstream.platform.scope;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What one access token may see and do.
 *
 * @param tokenId id of the token ({@code jti})
 * @param account who holds it
 * @param expiresAt whole seconds; from then on the database refuses it
 * @param lease the employee's lease that it hangs on, if any
 * @param purpose why, in one word of {@code [a-z-]}
 * @param permissions such as {@code grades:read}
 * @param kind what the cells are
 * @param schools the schools of kind {@link ScopeKind#SCHOOL}, else empty
 * @param classes the classes of kind {@link ScopeKind#CLASS}, else empty
 */
public record Scope(
    UUID tokenId,
    UUID account,
    Instant expiresAt,
    Optional<UUID> lease,
    String purpose,
    Set<String> permissions,
    ScopeKind kind,
    Set<UUID> schools,
    Set<ClassCell> classes) {
  /** How long every scope lasts that leaves identity. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Checks that the cells fit the kind. */
  public Scope {
    permissions = Set.copyOf(permissions);
    schools = Set.copyOf(schools);
    classes = Set.copyOf(classes);
    if (kind != ScopeKind.SCHOOL && !schools.isEmpty()
        || kind != ScopeKind.CLASS && !classes.isEmpty()) {
      throw new IllegalArgumentException("cells of another kind than the scope's");
    }
  }

  /**
   * Every school that the scope touches, whole or by a class, in the order of the canonical text.
   */
  public Set<UUID> anySchools() {
    Set<UUID> all = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    all.addAll(schools);
    classes.forEach(cell -> all.add(cell.school()));
    return all;
  }

  /**
   * When it was issued: its token's id says so. Of an id that does not, the earliest moment that
   * the lifetime leaves.
   */
  public Instant issuedAt() {
    return TokenId.moment(tokenId).orElseGet(() -> expiresAt.minus(LIFETIME));
  }

  /** Whether every class of this school is in scope. */
  public boolean coversSchool(UUID school) {
    return schools.contains(school);
  }

  /** Whether the permission is held at all, on whichever cells there are. */
  public boolean permits(String permission) {
    return permissions.contains(permission);
  }
}
