package uk.progressstream.audit.intake;

import io.vertx.mutiny.sqlclient.Row;
import java.util.OptionalLong;

/**
 * What the log knows of one event.
 *
 * @param leaf where the log holds it; empty where it does not
 * @param refused whether the leaf only says that there was an event
 * @param next the number that the log expects next of the event's source and school
 */
record Holding(OptionalLong leaf, boolean refused, long next) {
  static Holding of(Row row) {
    Long leaf = row.getLong("leaf_index");
    return new Holding(
        leaf == null ? OptionalLong.empty() : OptionalLong.of(leaf),
        row.getBoolean("refused"),
        row.getLong("next_sequence"));
  }
}
