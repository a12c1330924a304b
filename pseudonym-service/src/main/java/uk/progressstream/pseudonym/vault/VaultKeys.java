package uk.progressstream.pseudonym.vault;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import uk.progressstream.platform.keys.SchoolKeys;
import uk.progressstream.platform.scope.SealedScope;

/** Opens the vault's keys of a school. */
@ApplicationScoped
public class VaultKeys {
  private final SchoolKeys keys;

  VaultKeys(SchoolKeys keys) {
    this.keys = keys;
  }

  /**
   * Fails as {@link SchoolKeys#cipher} does: 404 outside the scope, 503 without the school's key.
   */
  Uni<VaultKey> open(SealedScope scope, UUID school) {
    return Uni.combine()
        .all()
        .unis(
            keys.hash(scope, school, VaultKey.LOOKUP),
            keys.cipher(scope, school, VaultKey.ENROLLMENT_ID),
            keys.hash(scope, school, VaultKey.POSTCODE))
        .with(VaultKey::new);
  }
}
