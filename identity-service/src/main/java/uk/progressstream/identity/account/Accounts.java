package uk.progressstream.identity.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import uk.progressstream.identity.grant.Membership;
import uk.progressstream.identity.grant.Standing;
import uk.progressstream.identity.signin.BindingRules;
import uk.progressstream.identity.signin.OpenInvitation;
import uk.progressstream.identity.signin.Visitor;
import uk.progressstream.platform.scope.SealedScope;

/** Signs people and machines in. An employee takes up no invitation. */
@ApplicationScoped
public class Accounts {
  private final AccountRepository repository;
  private final StaffFile staff;
  private final Clock clock = Clock.systemUTC();

  Accounts(AccountRepository repository, StaffFile staff) {
    this.repository = repository;
    this.staff = staff;
  }

  /**
   * Who signs in, where nothing has to be written for it: by far the most. Empty where something
   * waits to be bound; then {@link #signIn} does it.
   *
   * @param scope identity's own for sign-ins
   */
  public Uni<Optional<SignedIn>> known(SqlClient client, SealedScope scope, Visitor visitor) {
    return repository.find(client, scope, visitor).map(found -> known(visitor, found));
  }

  /**
   * Finds the account of a visitor, and binds what waits for it; in a transaction of identity's
   * own.
   */
  public Uni<SignedIn> signIn(SqlConnection connection, SealedScope scope, Visitor visitor) {
    return repository
        .find(connection, scope, visitor)
        .chain(
            found ->
                known(visitor, found)
                    .map(signedIn -> Uni.createFrom().item(signedIn))
                    .orElseGet(() -> bind(connection, scope, visitor, found)));
  }

  private Optional<SignedIn> known(Visitor visitor, Found found) {
    if (unboundEntry(visitor, found).isPresent() || !fitting(visitor, found).isEmpty()) {
      return Optional.empty();
    }
    UUID account = found.account().orElseGet(UUID::randomUUID);
    return Optional.of(signedIn(account, found, found.staffKeys(), List.of()));
  }

  private Optional<StaffEntry> unboundEntry(Visitor visitor, Found found) {
    return staff.entryFor(visitor).filter(entry -> !found.staffKeys().contains(entry.key()));
  }

  private List<OpenInvitation> fitting(Visitor visitor, Found found) {
    return found.staffKeys().isEmpty()
        ? BindingRules.fitting(found.invitations(), visitor, clock.instant())
        : List.of();
  }

  private Uni<SignedIn> bind(
      SqlConnection connection, SealedScope scope, Visitor visitor, Found found) {
    return unboundEntry(visitor, found)
        .map(entry -> bindStaff(connection, visitor, found, entry))
        .orElseGet(() -> bindInvitations(connection, scope, visitor, found));
  }

  /**
   * Who finds an invitation gone was overtaken, by itself perhaps: what that one got counts then.
   */
  private Uni<SignedIn> bindInvitations(
      SqlConnection connection, SealedScope scope, Visitor visitor, Found found) {
    UUID account = found.account().orElseGet(UUID::randomUUID);
    List<UUID> ids = fitting(visitor, found).stream().map(OpenInvitation::id).toList();
    return repository
        .bind(connection, account, visitor.key(), ids)
        .chain(
            bound ->
                bound.size() == ids.size()
                    ? Uni.createFrom().item(signedIn(account, found, Set.of(), bound))
                    : asItIsNow(connection, scope, visitor, bound));
  }

  private Uni<SignedIn> asItIsNow(
      SqlConnection connection, SealedScope scope, Visitor visitor, List<Bound> bound) {
    return repository
        .find(connection, scope, visitor)
        .map(
            now ->
                new SignedIn(
                    now.account().orElseThrow(),
                    now.issuedAt(),
                    standing(now, now.staffKeys(), now.memberships()),
                    bound));
  }

  private Uni<SignedIn> bindStaff(
      SqlConnection connection, Visitor visitor, Found found, StaffEntry entry) {
    UUID candidate = found.account().orElseGet(UUID::randomUUID);
    return repository
        .bindStaff(connection, candidate, visitor.key(), entry.key())
        .map(
            binding -> {
              Set<String> keys = new HashSet<>(found.staffKeys());
              if (binding.holder().equals(binding.account())) {
                keys.add(entry.key());
              }
              return signedIn(binding.account(), found, keys, List.of());
            });
  }

  private SignedIn signedIn(UUID candidate, Found found, Set<String> staffKeys, List<Bound> bound) {
    Instant now = clock.instant();
    List<Membership> memberships =
        Stream.concat(
                found.memberships().stream(),
                bound.stream().map(each -> new Membership(each.school(), each.role(), now)))
            .toList();
    UUID account = bound.stream().map(Bound::account).findFirst().orElse(candidate);
    return new SignedIn(account, found.issuedAt(), standing(found, staffKeys, memberships), bound);
  }

  private Standing standing(Found found, Set<String> staffKeys, List<Membership> memberships) {
    return new Standing(staff.permissions(staffKeys), memberships, found.cells(), found.lease());
  }
}
