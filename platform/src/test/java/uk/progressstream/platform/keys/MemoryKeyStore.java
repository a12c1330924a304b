package uk.progressstream.platform.keys;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import uk.progressstream.platform.scope.SealedScope;

/** Wrapped keys in memory; the table itself is tested where a database is. */
final class MemoryKeyStore implements DataKeyStore {
  private final Map<KeyName, byte[]> rows = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  int reads() {
    return reads.get();
  }

  @Override
  public Uni<Optional<byte[]>> find(SealedScope scope, KeyName name) {
    reads.incrementAndGet();
    return Uni.createFrom().item(Optional.ofNullable(rows.get(name)));
  }

  @Override
  public Uni<byte[]> insertOnce(SealedScope scope, KeyName name, byte[] wrapped) {
    rows.putIfAbsent(name, wrapped);
    return Uni.createFrom().item(rows.get(name));
  }
}
