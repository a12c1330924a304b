package uk.progressstream.log.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.tree.RowHasher;
import uk.progressstream.log.tree.TileId;
import uk.progressstream.log.tree.TilePath;
import uk.progressstream.log.tree.UpperRows;

/**
 * Reads a whole log from left to right: each bundle of entries and each tile once. What is fetched
 * ahead is checked by itself meanwhile (a bundle against its tile); what lies above is built in
 * order. In memory are at most {@value #AHEAD} bundles and a tile of each level.
 */
final class TreeWalk {
  /** More than processors, since most of the time they wait for the log. */
  private static final int THREADS = 8;

  private static final int AHEAD = 64;

  private final TileSource source;
  private final long size;
  private final NavigableMap<Long, Hash> earlier;
  private final ExpectedEntries expected;
  private final ThreadLocal<RowHasher> hashers = ThreadLocal.withInitial(RowHasher::new);
  private final UpperRows upper = new UpperRows(new RowHasher());
  private final Map<TileId, byte[]> above = new LinkedHashMap<>();

  /**
   * A walk over so many leaves.
   *
   * @param earlier roots that the tree must have had at smaller sizes
   * @param expected entries that must be at their places
   */
  TreeWalk(TileSource source, long size, Map<Long, Hash> earlier, ExpectedEntries expected) {
    this.source = source;
    this.size = size;
    this.earlier = new TreeMap<>(earlier);
    this.expected = expected;
  }

  /** The root over all leaves; fails where anything that was fetched does not fit. */
  Hash root() throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS, TreeWalk::daemon);
    try {
      Hash root = inOrder(pool);
      compareTiles(above);
      return root;
    } finally {
      pool.shutdownNow();
    }
  }

  private Hash inOrder(ExecutorService pool) throws IOException {
    require(earlier.getOrDefault(0L, Hash.EMPTY_TREE).equals(Hash.EMPTY_TREE), 0);
    Deque<Future<Row>> ahead = new ArrayDeque<>();
    long bundles = (size + TileId.FULL_WIDTH - 1) / TileId.FULL_WIDTH;
    Hash root = Hash.EMPTY_TREE;
    for (long next = 0, done = 0; done < bundles; done++) {
      while (next < bundles && ahead.size() < AHEAD) {
        long index = next++;
        ahead.add(pool.submit(() -> row(index)));
      }
      root = append(result(ahead.remove()));
    }
    upper.rest(above::put);
    return root;
  }

  /** Bundle and tile of the same leaves, one against the other. */
  private Row row(long index) throws IOException {
    TileId entries = new TileId(TileId.ENTRIES, index);
    int count = entries.width(size);
    byte[] bundle = fetch(entries);
    RowHasher hasher = hashers.get();
    byte[] leaves = hasher.leaves(bundle, count);
    compare(new TileId(0, index), leaves);
    expected.check(index * TileId.FULL_WIDTH, bundle, count);
    boolean full = count == TileId.FULL_WIDTH;
    return new Row(leaves, count, full ? hasher.combine(leaves, 0, count) : null);
  }

  private Hash append(Row row) throws IOException {
    long first = upper.size();
    for (Map.Entry<Long, Hash> before :
        earlier.subMap(first, false, first + row.count, true).entrySet()) {
      int count = (int) (before.getKey() - first);
      require(before.getValue().equals(upper.root(row.leaves, count)), before.getKey());
    }
    boolean last = first + row.count == size;
    Hash root = last ? upper.root(row.leaves, row.count) : Hash.EMPTY_TREE;
    if (row.whole != null) {
      upper.append(row.whole, above::put);
    }
    return root;
  }

  private void compareTiles(Map<TileId, byte[]> rebuilt) throws IOException {
    for (Map.Entry<TileId, byte[]> tile : rebuilt.entrySet()) {
      compare(tile.getKey(), tile.getValue());
    }
  }

  private void compare(TileId tile, byte[] rebuilt) throws IOException {
    if (!Arrays.equals(rebuilt, fetch(tile))) {
      throw new NotVerifiedException("tile " + path(tile) + " is not made of the entries");
    }
  }

  private byte[] fetch(TileId tile) throws IOException {
    try {
      return source.fetch("tile/" + path(tile));
    } catch (FileNotFoundException e) {
      throw new NotVerifiedException("the log does not have what it signed: " + path(tile), e);
    }
  }

  private String path(TileId tile) {
    return new TilePath(tile, tile.width(size)).text();
  }

  private static void require(boolean same, long size) {
    if (!same) {
      throw new NotVerifiedException(
          "the log was rewritten: its first " + size + " leaves were others before");
    }
  }

  private static Row result(Future<Row> row) throws IOException {
    try {
      return row.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException trouble) {
        throw trouble;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "log-verifier");
    thread.setDaemon(true);
    return thread;
  }

  /** Hashes of at most 256 leaves, and the one over them where they are so many. */
  private static final class Row {
    private final byte[] leaves;
    private final int count;
    private final @Nullable Hash whole;

    Row(byte[] leaves, int count, @Nullable Hash whole) {
      this.leaves = leaves;
      this.count = count;
      this.whole = whole;
    }
  }
}
