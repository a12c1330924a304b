package uk.progressstream.audit.cosigning;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The one statement by which cosignatures are kept. */
@ApplicationScoped
public class CosignatureRepository {
  private static final String COSIGN = "select log.cosign($1, $2, $3, $4)";

  /**
   * Keeps cosignatures of a tree.
   *
   * @param enough whether the tree is witnessed with them
   */
  Uni<Void> add(
      SqlConnection connection, long size, List<Cosignature> cosignatures, boolean enough) {
    String[] witnesses =
        cosignatures.stream().map(each -> each.witness().text()).toArray(String[]::new);
    String[] lines = cosignatures.stream().map(Cosignature::line).toArray(String[]::new);
    return connection
        .preparedQuery(COSIGN)
        .execute(Tuple.of(size, witnesses, lines, enough))
        .replaceWithVoid();
  }
}
