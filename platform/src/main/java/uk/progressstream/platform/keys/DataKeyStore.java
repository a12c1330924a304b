package uk.progressstream.platform.keys;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import uk.progressstream.platform.scope.SealedScope;

/** Where a service keeps the wrapped data keys of its schools. */
interface DataKeyStore {

  /** The wrapped key that the scope lets see, if there is one. */
  Uni<Optional<byte[]>> find(SealedScope scope, KeyName name);

  /**
   * Stores a wrapped key unless one is there, and answers with the one that is there then: two that
   * come first at the same moment agree on one.
   */
  Uni<byte[]> insertOnce(SealedScope scope, KeyName name, byte[] wrapped);
}
