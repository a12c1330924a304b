package uk.progressstream.audit.publication;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.tree.TilePath;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.problem.Problem;

/** The log as anyone may verify it (C2SP tlog-tiles): hashes and signatures, no record. */
@Path("/audit/v1")
@PermitAll
public class PublicationResource {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";
  // A tile of some width never changes; the latest checkpoint does with every append.
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String NEVER = "no-cache";

  private final ScopedDatabase database;
  private final TreeService tree;
  private final NoteSigner signer;

  PublicationResource(ScopedDatabase database, TreeService tree, NoteSigner signer) {
    this.database = database;
    this.tree = tree;
    this.signer = signer;
  }

  /** The verifier key (vkey) of the log's notes. */
  @GET
  @Path("/key")
  @Produces(TEXT)
  @PermitAll
  @Operation(summary = "Verifier key of the log, as text")
  public String key() {
    return signer.verifierKey().text();
  }

  /** The latest signed tree. */
  @GET
  @Path("/checkpoint")
  @Produces(TEXT)
  @PermitAll
  @Operation(summary = "Latest checkpoint, a signed note (C2SP tlog-checkpoint)")
  public Uni<Response> checkpoint() {
    return database
        .withoutScope(tree::latest)
        .map(latest -> Response.ok(latest.note()).header("Cache-Control", NEVER).build());
  }

  /** The latest tree that enough witnesses cosigned; it may be some seconds behind. */
  @GET
  @Path("/checkpoint/witnessed")
  @Produces(TEXT)
  @PermitAll
  @Operation(summary = "Latest checkpoint that enough witnesses cosigned (C2SP tlog-cosignature)")
  public Uni<Response> witnessed() {
    return database
        .withoutScope(tree::witnessed)
        .map(found -> found.orElseThrow(Problem::notFound))
        .map(latest -> Response.ok(latest.note()).header("Cache-Control", NEVER).build());
  }

  /** A tile of hashes or a bundle of entries. */
  @GET
  @Path("/tile/{path:.+}")
  @Produces(BYTES)
  @PermitAll
  @Operation(summary = "A tile, or under entries/ a bundle of entries (C2SP tlog-tiles)")
  public Uni<Response> tile(@RestPath String path) {
    TilePath tile = TilePath.of(path).orElseThrow(Problem::notFound);
    return database
        .withoutScope(connection -> tree.tile(connection, tile))
        .map(bytes -> bytes.orElseThrow(Problem::notFound))
        .map(bytes -> Response.ok(bytes).header("Cache-Control", FOREVER).build());
  }
}
