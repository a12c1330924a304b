package uk.progressstream.log.verify;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.progressstream.log.commitment.Commitment;
import uk.progressstream.log.commitment.Disclosure;
import uk.progressstream.log.commitment.ExportedRecord;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.EntryBundle;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.TileHashes;
import uk.progressstream.log.tree.TileId;
import uk.progressstream.log.tree.TilePath;
import uk.progressstream.log.tree.Tree;
import uk.progressstream.log.tree.TreeEdge;

/** A log in memory whose files a test can spoil. */
public final class MemoryLog implements TileSource {
  static final NoteSigner SIGNER = NoteSigner.of("log.example/audit", new byte[32]);

  static final UUID SCHOOL = new UUID(7, 7);

  private final List<Commitment> commitments = new ArrayList<>();
  private final List<String> records = new ArrayList<>();
  final Map<String, byte[]> files = new HashMap<>();

  static MemoryLog ofSize(int size) {
    MemoryLog log = new MemoryLog();
    for (int i = 0; i < size; i++) {
      log.add(record(i));
    }
    log.publish();
    return log;
  }

  /** Records of one school, from two services in turn. */
  static String record(int index) {
    return """
        {"id":"%s","kind":"grades.read","school":"%s","sequence":%d,"source":"%s"}"""
        .formatted(new UUID(1, index), SCHOOL, index / 2 + 1, index % 2 == 0 ? "grades" : "audit");
  }

  /** What the school downloads: a line of each record. */
  List<String> export() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      lines.add(ExportedRecord.line(i, new Disclosure(commitments.get(i).salt(), records.get(i))));
    }
    return lines;
  }

  void add(String record) {
    records.add(record);
    commitments.add(Commitment.to(record));
  }

  /** The same records, committed to anew from one of them on: what a forger would make. */
  MemoryLog rewrittenFrom(int index, List<String> others) {
    MemoryLog log = new MemoryLog();
    log.records.addAll(records.subList(0, index));
    log.commitments.addAll(commitments.subList(0, index));
    others.forEach(log::add);
    log.publish();
    return log;
  }

  /** Copies, reordered or thinned out, with everything above the leaves recomputed. */
  MemoryLog withLeaves(List<Integer> order) {
    MemoryLog log = new MemoryLog();
    for (int index : order) {
      log.records.add(records.get(index));
      log.commitments.add(commitments.get(index));
    }
    log.publish();
    return log;
  }

  void publish() {
    TreeEdge edge = TreeEdge.empty();
    commitments.forEach(each -> edge.append(each.entry()));
    edge.added().forEach((tile, bytes) -> files.put("tile/" + path(tile, edge.size()), bytes));
  }

  String checkpoint() {
    return checkpoint(commitments.size());
  }

  String checkpoint(int size) {
    TreeEdge edge = TreeEdge.empty();
    commitments.subList(0, size).forEach(each -> edge.append(each.entry()));
    return new Checkpoint("log.example/audit", size, edge.root()).signedBy(SIGNER);
  }

  LogProof proof(int index) {
    Map<TileId, byte[]> tiles = tiles();
    List<Hash> hashes = new Tree(new TileHashes(tiles::get)).inclusion(index, commitments.size());
    Disclosure extra = new Disclosure(commitments.get(index).salt(), records.get(index));
    return new LogProof(extra.bytes(), index, hashes, checkpoint());
  }

  private Map<TileId, byte[]> tiles() {
    TreeEdge edge = TreeEdge.empty();
    commitments.forEach(each -> edge.append(each.entry()));
    return edge.added();
  }

  /** Replaces an entry in its bundle and nothing else. */
  void replaceEntry(int index, byte[] entry) {
    String bundle = bundleOf(index);
    int at = (index % TileId.FULL_WIDTH) * (2 + entry.length);
    byte[] changed = files.getOrDefault(bundle, new byte[0]).clone();
    System.arraycopy(EntryBundle.encode(entry), 0, changed, at, 2 + entry.length);
    files.put(bundle, changed);
  }

  String bundleOf(int index) {
    TileId bundle = new TileId(TileId.ENTRIES, index / TileId.FULL_WIDTH);
    return "tile/" + path(bundle, commitments.size());
  }

  void save(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.writeString(folder.resolve("checkpoint"), checkpoint());
  }

  @Override
  public byte[] fetch(String path) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new FileNotFoundException(path);
    }
    return Arrays.copyOf(bytes, bytes.length);
  }

  private static String path(TileId tile, long size) {
    return new TilePath(tile, tile.width(size)).text();
  }
}
