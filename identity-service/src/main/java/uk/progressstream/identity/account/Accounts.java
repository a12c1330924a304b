package uk.progressstream.identity.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.progressstream.identity.grant.Standing;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.identity.staff.StaffEntry;
import uk.progressstream.identity.staff.StaffFile;
import uk.progressstream.platform.scope.SealedScope;

/** Signs people and machines in. An employee takes up no invitation. */
@ApplicationScoped
public class Accounts {
  private final AccountRepository repository;
  private final StaffFile file;

  Accounts(AccountRepository repository, StaffFile file) {
    this.repository = repository;
    this.file = file;
  }

  /**
   * Who signs in, where nothing has to be written for it: by far the most. Empty where something
   * waits to be bound or offered; then {@link #signIn} does it.
   *
   * @param scope identity's own for sign-ins
   */
  public Uni<Optional<SignedIn>> known(SqlClient client, SealedScope scope, Visitor visitor) {
    return repository
        .find(client, scope, visitor)
        .map(
            found ->
                found.unsettled() || unboundEntry(visitor, found).isPresent()
                    ? Optional.empty()
                    : Optional.of(signedIn(found, List.of())));
  }

  /**
   * Binds what waits for a visitor, and then finds its account; in a transaction of identity's own.
   */
  public Uni<SignedIn> signIn(SqlConnection connection, SealedScope scope, Visitor visitor) {
    return bind(connection, visitor)
        .chain(
            bound ->
                repository.find(connection, scope, visitor).map(found -> signedIn(found, bound)));
  }

  private Optional<StaffEntry> unboundEntry(Visitor visitor, Found found) {
    return file.current()
        .entryFor(visitor)
        .filter(entry -> !found.staff().containsKey(entry.key()));
  }

  private Uni<List<Bound>> bind(SqlConnection connection, Visitor visitor) {
    UUID candidate = UUID.randomUUID();
    return file.current()
        .entryFor(visitor)
        .map(
            entry ->
                repository
                    .bindStaff(connection, candidate, visitor.key(), entry)
                    .replaceWith(List.<Bound>of()))
        .orElseGet(() -> repository.bind(connection, candidate, visitor));
  }

  private SignedIn signedIn(Found found, List<Bound> bound) {
    Standing standing =
        new Standing(
            file.current().permissions(found.staff()),
            found.memberships(),
            found.cells(),
            found.lease(),
            found.invited());
    return new SignedIn(
        found.account().orElseGet(UUID::randomUUID), found.issuedAt(), standing, bound);
  }
}
