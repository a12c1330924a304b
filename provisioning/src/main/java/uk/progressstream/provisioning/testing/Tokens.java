package uk.progressstream.provisioning.testing;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.platform.scope.TokenId;
import uk.progressstream.provisioning.database.SealKey;

/**
 * Access tokens as identity would issue them, with any scope; and such as it never would. Scopes
 * last five minutes, whole seconds.
 */
public final class Tokens {
  static final String KEY_ID = "test";

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final byte[] FOREIGN_KEY = new byte[32];

  private final String service;
  private final String issuer;
  private final KeySet keys;
  private final String signingKey;
  private final ScopeSealer sealer;
  private final ScopeSealer forger;

  Tokens(String service, String issuer, KeySet keys, String signingKey, SealKey sealKey) {
    this.service = service;
    this.issuer = issuer;
    this.keys = keys;
    this.signingKey = signingKey;
    this.sealer = ScopeSealer.of(sealKey.id(), sealKey.secret());
    this.forger = ScopeSealer.of(sealKey.id(), FOREIGN_KEY);
  }

  /** A scope of whole schools. */
  public static Scope schools(UUID account, Set<UUID> schools, String... permissions) {
    return scope(account, ScopeKind.SCHOOL, schools, Set.of(), permissions);
  }

  /** A scope of classes. */
  public static Scope classes(UUID account, Set<ClassCell> classes, String... permissions) {
    return scope(account, ScopeKind.CLASS, Set.of(), classes, permissions);
  }

  /** A scope with no data in it. */
  public static Scope none(UUID account, String... permissions) {
    return scope(account, ScopeKind.NONE, Set.of(), Set.of(), permissions);
  }

  /** The same scope, ended a minute ago. */
  public static Scope expired(Scope scope) {
    return with(scope, Instant.now().minus(1, ChronoUnit.MINUTES), scope.lease());
  }

  /** The same scope, over so long from now; whole seconds. */
  public static Scope lasting(Scope scope, Duration duration) {
    return with(scope, Instant.now().plus(duration), scope.lease());
  }

  /** The same scope, hanging on an employee's lease. */
  public static Scope leased(Scope scope, UUID lease) {
    return with(scope, scope.expiresAt(), Optional.of(lease));
  }

  /** The scope under a genuine seal. */
  public SealedScope sealed(Scope scope) {
    String text = ScopeText.write(scope);
    return SealedScope.of(text, sealer.seal(text));
  }

  /** The scope under a seal made with another key. */
  public SealedScope forged(Scope scope) {
    String text = ScopeText.write(scope);
    return SealedScope.of(text, forger.seal(text));
  }

  /** A token for the service under test, signed and sealed. */
  public String mint(Scope scope, String role) {
    return mint(sealed(scope), role, Set.of(service));
  }

  /** A token with a genuine signature over whatever scope and seal, for these audiences. */
  public String mint(SealedScope sealed, String role, Set<String> audience) {
    Scope scope = sealed.scope();
    return Jwt.claims()
        .issuer(issuer)
        .audience(audience)
        .subject(scope.account().toString())
        .issuedAt(scope.expiresAt().minus(LIFETIME))
        .expiresAt(scope.expiresAt())
        .claim("jti", scope.tokenId().toString())
        .claim("role", role)
        .claim("roles", scope.permissions())
        .claim("ps_scope", sealed.text())
        .claim("ps_seals", Map.of(service, sealed.seal()))
        .jws()
        .keyId(signingKey)
        .algorithm(SignatureAlgorithm.ES256)
        .sign(keys.privateKey(signingKey));
  }

  private static Scope scope(
      UUID account,
      ScopeKind kind,
      Set<UUID> schools,
      Set<ClassCell> classes,
      String... permissions) {
    Instant now = Instant.now();
    return new Scope(
        TokenId.at(now),
        account,
        now.plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS),
        Optional.empty(),
        "teaching",
        Set.of(permissions),
        kind,
        schools,
        classes);
  }

  private static Scope with(Scope scope, Instant expiresAt, Optional<UUID> lease) {
    return new Scope(
        scope.tokenId(),
        scope.account(),
        expiresAt.truncatedTo(ChronoUnit.SECONDS),
        lease,
        scope.purpose(),
        scope.permissions(),
        scope.kind(),
        scope.schools(),
        scope.classes());
  }
}
