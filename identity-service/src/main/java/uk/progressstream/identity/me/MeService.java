package uk.progressstream.identity.me;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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
    return database.call(
        caller.scope(),
        client -> repository.facts(client, caller.scope()).map(facts -> me(caller, facts)));
  }

  private static Me me(Caller caller, Facts facts) {
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
        facts.schools().stream().map(school -> inScope(school, scope)).toList(),
        facts.memberships(),
        facts.clusters().stream().map(Facts.Cluster::explained).toList(),
        facts.invitations(),
        facts.lease());
  }

  private static Me.InScope inScope(Facts.School school, Scope scope) {
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
