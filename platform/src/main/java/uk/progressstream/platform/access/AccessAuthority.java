package uk.progressstream.platform.access;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/**
 * Who knows what became of access after a token was issued: identity, asked by gRPC everywhere but
 * in identity itself. No answer is a failure, and a failure is no access.
 */
public interface AccessAuthority {

  /** Whether this is the live lease of this account; being asked counts as its use. */
  Uni<Boolean> isLive(UUID lease, UUID account);

  /** All that was taken back in the last ten minutes, twice the lifetime of a token. */
  Uni<List<Revocation>> revocations();
}
