package uk.progressstream.identity.me;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;

/** Puts together what a caller may see and why. */
@ApplicationScoped
public class MeService {
  private final ScopedDatabase database;
  private final MeRepository repository;

  MeService(ScopedDatabase database, MeRepository repository) {
    this.database = database;
    this.repository = repository;
  }

  Uni<Me> me(Caller caller) {
    return database.inScope(caller.scope(), connection -> me(connection, caller));
  }

  private Uni<Me> me(SqlConnection connection, Caller caller) {
    return repository
        .facts(connection)
        .chain(facts -> repository.schools(connection).map(schools -> me(caller, facts, schools)));
  }

  private static Me me(Caller caller, Facts facts, List<MeRepository.Named> schools) {
    Scope scope = caller.scope().scope();
    return new Me(
        caller.account(),
        caller.role(),
        Stream.concat(
                Stream.of(caller.role()), facts.memberships().stream().map(Me.Membership::role))
            .distinct()
            .sorted()
            .toList(),
        scope.permissions().stream().sorted().toList(),
        schools.stream().map(school -> inScope(school, scope)).toList(),
        facts.memberships(),
        facts.clusters().stream().map(Facts.Cluster::explained).toList(),
        facts.lease());
  }

  private static Me.InScope inScope(MeRepository.Named school, Scope scope) {
    return new Me.InScope(
        school.id(),
        school.name(),
        school.urn(),
        scope.coversSchool(school.id()),
        scope.classes().stream()
            .filter(cell -> cell.school().equals(school.id()))
            .map(ClassCell::schoolClass)
            .sorted()
            .toList());
  }
}
