package uk.progressstream.audit.publication;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uk.progressstream.log.tree.TileId;

/** The statements on tiles and checkpoints: public to read, and grown by functions alone. */
@ApplicationScoped
public class TreeRepository {
  private static final String TAKE_TURN = "select log.take_turn()";
  private static final String WITH_COSIGNATURES =
      "c.size, c.note || coalesce((select string_agg(s.line, '' order by s.witness)"
          + " from cosignature s where s.size = c.size), '') as note";
  private static final String LATEST =
      "select " + WITH_COSIGNATURES + " from checkpoint c order by c.size desc limit 1";
  private static final String WITNESSED =
      "select "
          + WITH_COSIGNATURES
          + " from checkpoint c where c.size = (select max(w.size) from witnessed w)";
  private static final String TILES =
      "select t.level, t.tile_index, t.data from tile t"
          + " join unnest($1::smallint[], $2::bigint[]) as g(level, tile_index)"
          + " on g.level = t.level and g.tile_index = t.tile_index";
  private static final String BEGINNING =
      "select substring(data from 1 for $3) from tile"
          + " where level = $1 and tile_index = $2 and length(data) >= $3";
  private static final String PUBLISH = "select log.publish($1, $2, $3, $4, $5)";

  Uni<Long> takeTurn(SqlConnection connection) {
    return connection.query(TAKE_TURN).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<Optional<SignedTree>> latest(SqlConnection connection) {
    return tree(connection, LATEST);
  }

  Uni<Optional<SignedTree>> witnessed(SqlConnection connection) {
    return tree(connection, WITNESSED);
  }

  private static Uni<Optional<SignedTree>> tree(SqlConnection connection, String query) {
    return connection
        .query(query)
        .execute()
        .map(rows -> first(rows).map(row -> new SignedTree(row.getLong(0), row.getString(1))));
  }

  /** The bytes of those that there are. */
  Uni<Map<TileId, byte[]>> tiles(SqlConnection connection, Collection<TileId> tiles) {
    return connection
        .preparedQuery(TILES)
        .execute(Tuple.of(levels(tiles), indexes(tiles)))
        .map(TreeRepository::byId);
  }

  /** The first bytes of a tile, if it has so many. */
  Uni<Optional<byte[]>> beginning(SqlConnection connection, TileId tile, int bytes) {
    return connection
        .preparedQuery(BEGINNING)
        .execute(Tuple.of((short) tile.level(), tile.index(), bytes))
        .map(rows -> first(rows).map(row -> row.get(Buffer.class, 0).getBytes()));
  }

  Uni<Void> publish(SqlConnection connection, long size, String note, Map<TileId, byte[]> endings) {
    List<TileId> tiles = new ArrayList<>(endings.keySet());
    Buffer[] bytes = tiles.stream().map(endings::get).map(Buffer::buffer).toArray(Buffer[]::new);
    return connection
        .preparedQuery(PUBLISH)
        .execute(Tuple.of(size, note, levels(tiles), indexes(tiles), bytes))
        .replaceWithVoid();
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }

  private static Map<TileId, byte[]> byId(RowSet<Row> rows) {
    Map<TileId, byte[]> tiles = new HashMap<>();
    for (Row row : rows) {
      tiles.put(new TileId(row.getShort(0), row.getLong(1)), row.get(Buffer.class, 2).getBytes());
    }
    return tiles;
  }

  private static Short[] levels(Collection<TileId> tiles) {
    return tiles.stream().map(tile -> (short) tile.level()).toArray(Short[]::new);
  }

  private static Long[] indexes(Collection<TileId> tiles) {
    return tiles.stream().map(TileId::index).toArray(Long[]::new);
  }
}
