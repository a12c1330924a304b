package uk.progressstream.platform.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.scope.SealedScope;

/**
 * Reads a caller out of an access token whose signature, issuer, audience and expiry were checked.
 */
@ApplicationScoped
public class AccessTokenReader {
  private final String service;

  AccessTokenReader(@ConfigProperty(name = "quarkus.application.name") String service) {
    this.service = service;
  }

  /**
   * The caller that an identity stands for.
   *
   * @throws AuthenticationFailedException if it is no access token, or lacks this service's seal
   */
  public Caller read(SecurityIdentity identity) {
    if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
      throw new AuthenticationFailedException();
    }
    String text = string(token.getClaim("ps_scope"));
    String seal = seal(token.getClaim("ps_seals"));
    String role = string(token.getClaim("role"));
    try {
      SealedScope scope = SealedScope.of(text, seal);
      if (!scope.account().equals(UUID.fromString(token.getSubject()))) {
        throw new AuthenticationFailedException();
      }
      return new Caller(scope.account(), role, scope, token.getRawToken());
    } catch (IllegalArgumentException e) {
      throw new AuthenticationFailedException(e);
    }
  }

  private String seal(@Nullable Object claim) {
    if (claim instanceof JsonObject seals && seals.containsKey(service)) {
      return string(seals.get(service));
    }
    if (claim instanceof Map<?, ?> seals && seals.get(service) != null) {
      return string(seals.get(service));
    }
    throw new AuthenticationFailedException();
  }

  private static String string(@Nullable Object claim) {
    if (claim instanceof JsonString json) {
      return json.getString();
    }
    if (claim instanceof String text) {
      return text;
    }
    throw new AuthenticationFailedException();
  }
}
