package uk.progressstream.provisioning.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import uk.progressstream.provisioning.proof.Proves;

/**
 * Proves on a service's real database that authority comes from the row's own school: whoever runs
 * SQL under a genuine seal of one school, with all that a person may hold, and names something of
 * another school, of one that has left, a class that has closed, or nothing, sees and changes
 * nothing of any other school, and is answered as for an id that is not there. Every function that
 * a role may call and every table to which it may add rows is attacked, by the database's own
 * catalogue; one without a sample fails the test. Where another school's reach is meant, the
 * service says so by the very words in which the test reports it, and an excuse for nothing fails,
 * too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Proves("D9")
public abstract class AuthorityContract {
  private final Holding own = Holding.named("one's own school");
  private final Holding other = Holding.named("another school");
  private final Holding departed = Holding.named("a school that left");
  private AttackedDatabase database;
  private Trespassers trespassers;
  private Deeds catalogue;
  private List<Deed> deeds = List.of();

  /** Name of the service, which is its database's. */
  protected abstract String service();

  /** Puts into every table as the superuser what a school has, with an open and a closed class. */
  protected abstract void seed(Connection superuser, Holding school) throws SQLException;

  /**
   * Arguments of each function by its name, nulls where none is meant; in their order. Several
   * samples of one function have its name first and differ in what follows.
   */
  protected abstract Map<String, Function<Holding, List<@Nullable String>>> calls();

  /** A row for each table to which a role may add one, by its name with its schema. */
  protected abstract Map<String, Function<Holding, Map<String, String>>> rows();

  /**
   * Name of the id of the account that does what a sample says, if it is not the school's admin.
   */
  protected String caller(String sample) {
    return "account";
  }

  /** Makes a school one that has left, where the service knows of such. */
  protected void depart(Connection superuser, Holding school) throws SQLException {}

  /** Permissions that no person's token carries: the service's own, and those of errands. */
  protected Set<String> permissionsOfNobody() {
    return Set.of();
  }

  /** Queries for what follows from the rows for the caller's account, run as the superuser. */
  protected List<String> consequences(Holding caller) {
    return List.of();
  }

  /** What reaches another school on purpose, as the test reports it; and why. */
  protected Map<String, String> byDesign() {
    return Map.of();
  }

  /** Functions that serve every school and are told which by a peer of ours; and why. */
  protected Map<String, String> ofPeers() {
    return Map.of();
  }

  /** Protections of the service that this test must miss: what is broken, how, and the way back. */
  protected List<Break> breaks() {
    return List.of();
  }

  /**
   * A protection that is broken on purpose.
   *
   * @param label what is broken
   * @param breakIt SQL for the superuser
   * @param mendIt SQL that restores what was
   */
  public record Break(String label, String breakIt, String mendIt) {

    /** A part of a function's body that is replaced, both texts being in it once at most. */
    public static Break ofFunction(String label, String function, String genuine, String broken) {
      String replace =
          "do $b$ begin execute replace(pg_get_functiondef('%s'::regprocedure), $f$%s$f$, $t$%s$t$); end $b$";
      return new Break(
          label,
          replace.formatted(function, genuine, broken),
          replace.formatted(function, broken, genuine));
    }
  }

  @BeforeAll
  void startDatabase() throws IOException, SQLException {
    database = AttackedDatabase.start(service());
    Connection superuser = database.superuser();
    for (Holding each : List.of(own, other, departed)) {
      seed(superuser, each);
      Plumbing.seed(superuser, each);
    }
    depart(superuser, departed);
    catalogue = new Deeds(superuser, service(), this::caller);
    Map<String, Function<Holding, List<@Nullable String>>> calls = new TreeMap<>(calls());
    calls.putAll(Plumbing.calls());
    deeds =
        catalogue.all(calls, rows()).stream()
            .filter(deed -> !peers().containsKey(deed.label()))
            .toList();
    trespassers =
        new Trespassers(
            database,
            new Trespassers.Schools(own, other, departed),
            permissionsOfNobody(),
            new Trespass.Looks(
                deeds.stream().filter(Deed::onlyReads).toList(),
                List.of(own, other, departed),
                consequences(own)));
  }

  @AfterAll
  void stopDatabase() throws IOException, SQLException {
    if (database != null) {
      database.close();
    }
  }

  @Test
  @Order(1)
  @DisplayName("Every function and table that a role may use is in this test")
  void complete() {
    Set<String> known = new TreeSet<>();
    calls().keySet().forEach(sample -> known.add(Deeds.named(sample)));
    known.addAll(rows().keySet());
    known.addAll(ofPeers().keySet());
    Set<String> granted = catalogue.names();
    assertThat(granted).containsAll(known);
    known.addAll(Plumbing.calls().keySet());
    known.addAll(Plumbing.ofPeers().keySet());

    assertThat(known).containsAll(granted);
  }

  @Test
  @Order(1)
  @DisplayName(
      "No function that PostgreSQL brings along runs with rights that are not its caller's")
  void builtIn() {
    assertThat(
            Sql.column(
                database.superuser(),
                "select oid::regprocedure::text from pg_proc where prosecdef"
                    + " and pronamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"))
        .isEmpty();
  }

  @TestFactory
  @Order(2)
  @DisplayName("With the scope of the school itself this does something:")
  Stream<DynamicTest> controls() {
    return deeds.stream()
        .map(Deed::label)
        .distinct()
        .flatMap(
            label ->
                Stream.of(own, other)
                    .map(
                        school ->
                            DynamicTest.dynamicTest(
                                label + " of " + school.label(),
                                () ->
                                    assertThat(
                                            deeds.stream()
                                                .filter(deed -> deed.label().equals(label))
                                                .map(deed -> trespassers.control(deed, school)))
                                        .anySatisfy(
                                            outcome ->
                                                assertThat(outcome.didSomething())
                                                    .as(outcome.toString())
                                                    .isTrue()))));
  }

  @TestFactory
  @Order(3)
  @DisplayName("With the same scope nothing is seen, told or changed under another isolation by")
  Stream<DynamicTest> isolations() {
    return deeds.stream()
        .flatMap(
            deed ->
                Stream.of(Attack.REPEATABLE_READ, Attack.SERIALIZABLE)
                    .map(
                        attack ->
                            DynamicTest.dynamicTest(
                                "%s by the role for %s, %s"
                                    .formatted(deed.label(), deed.role(), attack.isolation()),
                                () -> {
                                  Trespass.Outcome outcome =
                                      trespassers.under(attack.isolation(), deed, own);
                                  assertThat(outcome.changed()).isEmpty();
                                  assertThat(outcome.answer())
                                      .doesNotContain(own.school().toString())
                                      .doesNotContain(own.schoolClass().toString());
                                })));
  }

  @TestFactory
  @Order(3)
  @DisplayName("Nothing of another school is seen, told or changed by")
  Stream<DynamicTest> attacks() {
    return deeds.stream()
        .flatMap(deed -> trespassers.attacksWith(deed).stream())
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.label(),
                    () ->
                        assertThat(trespassers.holes(attack))
                            .containsExactlyInAnyOrderElementsOf(excused(attack))));
  }

  @Test
  @Order(4)
  @DisplayName("Every excuse is for an attack that there is")
  void excusesOfAttacks() {
    Set<String> attacks = new TreeSet<>();
    deeds.forEach(
        deed -> trespassers.attacksWith(deed).forEach(attack -> attacks.add(attack.label())));
    assertThat(excuses().keySet())
        .allSatisfy(
            excuse -> assertThat(attacks).contains(excuse.substring(0, excuse.indexOf(": "))));
  }

  @TestFactory
  @Order(5)
  @DisplayName("This test goes red when")
  Stream<DynamicTest> goesRed() {
    return Stream.concat(
            Stream.of(Plumbing.scopeOfEverySchool(database.superuser(), other)), breaks().stream())
        .map(each -> DynamicTest.dynamicTest(each.label(), () -> notices(each)));
  }

  private void notices(Break broken) {
    Sql.run(database.superuser(), broken.breakIt());
    try {
      assertThat(unexcused()).as("what the test noticed").isPresent();
    } finally {
      Sql.run(database.superuser(), broken.mendIt());
    }
  }

  /** The first hole that nobody excuses. */
  private Optional<String> unexcused() {
    return deeds.stream()
        .flatMap(deed -> trespassers.attacksWith(deed).stream())
        .flatMap(
            attack ->
                trespassers.holes(attack).stream().filter(hole -> !excused(attack).contains(hole)))
        .findFirst();
  }

  private List<String> excused(Trespassers.Attempt attack) {
    return excuses().keySet().stream()
        .filter(excuse -> excuse.startsWith(attack.label() + ": "))
        .toList();
  }

  private Map<String, String> excuses() {
    Map<String, String> excuses = new TreeMap<>(byDesign());
    excuses.putAll(Plumbing.byDesign());
    return excuses;
  }

  private Map<String, String> peers() {
    Map<String, String> peers = new TreeMap<>(ofPeers());
    peers.putAll(Plumbing.ofPeers());
    return peers;
  }
}
