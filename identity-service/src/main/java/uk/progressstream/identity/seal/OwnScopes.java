package uk.progressstream.identity.seal;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Scopes that identity seals for its own work and that never leave it. Their permissions belong to
 * no role, so the functions that ask for them are out of reach of every scope that was ever handed
 * out.
 */
@ApplicationScoped
public class OwnScopes {
  /** Looks up and binds the account of somebody who signs in. */
  public static final String SIGN_IN = "identity:sign-in";

  /** Tells whether a lease is live, and what was taken back. */
  public static final String CHECK_LEASE = "identity:check-lease";

  /** Takes a school for a job that it consented to. */
  public static final String ERRAND = "identity:errand";

  /** Brings what the staff file says to the entries that are bound. */
  public static final String STAFF = "identity:staff";

  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final UUID IDENTITY = serviceAccount("identity");

  private final SealKeys keys;

  OwnScopes(SealKeys keys) {
    this.keys = keys;
  }

  /** For the look-up and binding of an account. */
  public SealedScope signIn() {
    return seal(IDENTITY, "sign-in", Set.of(SIGN_IN), Set.of());
  }

  /** For the checks whether access still stands. */
  public SealedScope leaseCheck() {
    return seal(IDENTITY, "lease-check", Set.of(CHECK_LEASE), Set.of());
  }

  /** For starting and ending errands. */
  public SealedScope errand() {
    return seal(IDENTITY, "errand", Set.of(ERRAND), Set.of());
  }

  /** For what the staff file says. */
  public SealedScope staff() {
    return seal(IDENTITY, "staff", Set.of(STAFF), Set.of());
  }

  /**
   * For telling schools' logs what somebody did that concerns them; permits nothing else.
   *
   * @param actor who did it
   */
  SealedScope witness(UUID actor, Set<UUID> schools) {
    return seal(actor, "record", Set.of(), schools);
  }

  /**
   * The account that stands for one of our services in scopes and in the log; it cannot sign in.
   */
  public static UUID serviceAccount(String service) {
    return UUID.nameUUIDFromBytes(
        ("urn:progress-stream:service:" + service).getBytes(StandardCharsets.UTF_8));
  }

  private SealedScope seal(
      UUID account, String purpose, Set<String> permissions, Set<UUID> schools) {
    return keys.sealForIdentity(
        new Scope(
            UUID.randomUUID(),
            account,
            Instant.now().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS),
            Optional.empty(),
            purpose,
            permissions,
            schools.isEmpty() ? ScopeKind.NONE : ScopeKind.SCHOOL,
            schools,
            Set.of()));
  }
}
