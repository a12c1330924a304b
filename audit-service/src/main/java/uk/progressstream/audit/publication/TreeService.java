package uk.progressstream.audit.publication;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.LeafRange;
import uk.progressstream.log.tree.Node;
import uk.progressstream.log.tree.ProofShape;
import uk.progressstream.log.tree.TileHashes;
import uk.progressstream.log.tree.TileId;
import uk.progressstream.log.tree.TilePath;
import uk.progressstream.log.tree.Tree;
import uk.progressstream.log.tree.TreeEdge;

/** The tree as it is stored: grown and signed by one transaction at a time, read by anyone. */
@ApplicationScoped
public class TreeService {
  private static final int ENTRY_BYTES = 34;

  private final TreeRepository repository;
  private final NoteSigner signer;

  TreeService(TreeRepository repository, NoteSigner signer) {
    this.repository = repository;
    this.signer = signer;
  }

  /** Waits for the turn to append, keeps it until the transaction ends, and gives the edge. */
  public Uni<TreeEdge> takeTurn(SqlConnection connection) {
    return repository.takeTurn(connection).chain(size -> edge(connection, size));
  }

  /** Stores what an edge has grown by, under a new checkpoint. */
  public Uni<Void> publish(SqlConnection connection, TreeEdge edge) {
    Map<TileId, byte[]> added = edge.added();
    if (added.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Checkpoint checkpoint = new Checkpoint(origin(), edge.size(), edge.root());
    return repository.publish(connection, edge.size(), checkpoint.signedBy(signer), added);
  }

  /** The latest checkpoint; of the empty tree, if nothing was appended yet. */
  public Uni<SignedTree> latest(SqlConnection connection) {
    return repository.latest(connection).map(found -> found.orElseGet(this::empty));
  }

  /** The latest one that enough witnesses cosigned. */
  public Uni<Optional<SignedTree>> witnessed(SqlConnection connection) {
    return repository.witnessed(connection);
  }

  /**
   * The proof of a leaf: in the latest tree that enough witnesses cosigned, if that has the leaf;
   * else in the latest signed one.
   */
  public Uni<InclusionProof> inclusion(SqlConnection connection, long leafIndex) {
    return witnessed(connection)
        .map(found -> found.filter(tree -> tree.size() > leafIndex))
        .chain(
            found ->
                found.map(tree -> Uni.createFrom().item(tree)).orElseGet(() -> latest(connection)))
        .chain(tree -> inclusion(connection, leafIndex, tree));
  }

  /**
   * The proof that the stored tree at one size continues the one at another.
   *
   * @param oldSize 0 and the size itself need no hash
   * @param size at most that of the latest signed tree
   */
  public Uni<List<Hash>> consistency(SqlConnection connection, long oldSize, long size) {
    if (oldSize == 0) {
      return Uni.createFrom().item(List.of());
    }
    List<Node> nodes =
        ProofShape.consistency(oldSize, size).stream()
            .flatMap(range -> range.nodes().stream())
            .toList();
    return stored(connection, nodes).map(hashes -> hashes.consistency(oldSize, size));
  }

  /**
   * The root that the stored tree had at a size.
   *
   * @param size at most that of the latest signed tree
   */
  public Uni<Hash> root(SqlConnection connection, long size) {
    return stored(connection, size == 0 ? List.of() : new LeafRange(0, size).nodes())
        .map(hashes -> hashes.root(size));
  }

  /** A tile or bundle, if the tree is that large. */
  Uni<Optional<byte[]>> tile(SqlConnection connection, TilePath path) {
    int bytesEach = path.tile().level() == TileId.ENTRIES ? ENTRY_BYTES : Hash.BYTES;
    return repository.beginning(connection, path.tile(), bytesEach * path.width());
  }

  private Uni<TreeEdge> edge(SqlConnection connection, long size) {
    return repository
        .tiles(connection, TreeEdge.tiles(size))
        .map(tiles -> TreeEdge.of(size, tiles));
  }

  private Uni<InclusionProof> inclusion(SqlConnection connection, long leafIndex, SignedTree tree) {
    List<Node> nodes =
        ProofShape.inclusion(leafIndex, tree.size()).stream()
            .flatMap(range -> range.nodes().stream())
            .toList();
    return stored(connection, nodes)
        .map(hashes -> new InclusionProof(hashes.inclusion(leafIndex, tree.size()), tree.note()));
  }

  private Uni<Tree> stored(SqlConnection connection, List<Node> nodes) {
    return repository
        .tiles(connection, nodes.stream().map(TileId::of).distinct().toList())
        .map(tiles -> new Tree(new TileHashes(tile -> tiles.getOrDefault(tile, new byte[0]))));
  }

  private SignedTree empty() {
    return new SignedTree(0, new Checkpoint(origin(), 0, Hash.EMPTY_TREE).signedBy(signer));
  }

  private String origin() {
    return signer.verifierKey().name();
  }
}
