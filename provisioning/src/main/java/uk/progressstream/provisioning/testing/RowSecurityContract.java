package uk.progressstream.provisioning.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.proof.Proves;

/**
 * Proves row security on a service's real database, table by table and role by role, from the
 * database's own catalogue, so that a new table can't be forgotten. Then breaks each protection in
 * turn and proves that the test above would have noticed. A plain JUnit test; it migrates by itself
 * and needs no running service.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Proves("D9")
public abstract class RowSecurityContract {
  private final Cells cells = Cells.random();
  private AttackedDatabase database;
  private Catalogue catalogue;
  private Intruder intruder;
  private List<DataTable> tables = List.of();

  /** Name of the service, which is its database's. */
  protected abstract String service();

  /**
   * Puts rows into every data table as the superuser: rows of {@code cells.schoolClass()} in {@code
   * cells.school()}, and for a table that knows its account, {@code cells.account()}. A table that
   * stays empty fails the test.
   */
  protected abstract void seed(Connection superuser, Cells cells) throws SQLException;

  /**
   * Tables whose rows no school owns, and why. A scope without the permission they ask for still
   * must see nothing of them.
   */
  protected Map<String, String> tablesOfNoSchool() {
    return Map.of();
  }

  /** Tables that anybody may read, and why. Nobody may write them without a scope. */
  protected Map<String, String> openTables() {
    return Map.of();
  }

  /**
   * Keys, by the text that the test reports, that rightly do not start with the school; and why.
   */
  protected Map<String, String> keysAcrossSchools() {
    return Map.of();
  }

  @BeforeAll
  void startDatabase() throws IOException, SQLException {
    database = AttackedDatabase.start(service());
    seed(database.superuser(), cells);
    catalogue = new Catalogue(database.superuser(), service());
    intruder = new Intruder(database, cells);
    tables = catalogue.tables(tablesOfNoSchool(), openTables());
  }

  @AfterAll
  void stopDatabase() throws IOException, SQLException {
    if (database != null) {
      database.close();
    }
  }

  @TestFactory
  @Order(1)
  @DisplayName("the catalogue")
  Stream<DynamicTest> rules() {
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest("every table is somebody's, or says why not", this::owners)),
        catalogue.faults().entrySet().stream()
            .map(
                rule ->
                    DynamicTest.dynamicTest(
                        rule.getKey(), () -> assertThat(excused(rule.getValue())).isEmpty())));
  }

  @TestFactory
  @Order(2)
  @DisplayName("attacks")
  Stream<DynamicTest> attacks() {
    return tables.stream().flatMap(this::attacksOn);
  }

  @TestFactory
  @Order(3)
  @DisplayName("the genuine scope")
  Stream<DynamicTest> genuineScopeReads() {
    return tables.stream()
        .flatMap(
            table ->
                Arrays.stream(AttackedDatabase.intruders())
                    .filter(role -> catalogue.reads(table, role))
                    .map(
                        role ->
                            DynamicTest.dynamicTest(
                                role.of(service()) + " reads " + table.label() + " with it",
                                () -> assertThat(intruder.ownScopeReads(table, role)).isTrue())));
  }

  @TestFactory
  @Order(4)
  @DisplayName("this test goes red when")
  Stream<DynamicTest> mutations() {
    return new Mutations(database.superuser(), service())
        .all(tables).stream()
            .map(mutation -> DynamicTest.dynamicTest(mutation.label(), () -> notices(mutation)));
  }

  @TestFactory
  @Order(5)
  @DisplayName("after all that")
  Stream<DynamicTest> mended() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "every protection is back",
            () -> {
              assertThat(tables.stream().flatMap(table -> holes(table).stream())).isEmpty();
              assertThat(catalogue.faultsOf(CatalogueRules.FORCED)).isEmpty();
            }));
  }

  private Stream<DynamicTest> attacksOn(DataTable table) {
    return Arrays.stream(AttackedDatabase.intruders())
        .flatMap(
            role ->
                Arrays.stream(Attack.values())
                    .filter(attack -> attack.concerns(table, role))
                    .map(
                        attack ->
                            DynamicTest.dynamicTest(
                                "%s with %s reads and writes nothing of %s"
                                    .formatted(role.of(service()), attack.label(), table.label()),
                                () -> assertThat(intruder.attack(table, role, attack)).isEmpty())));
  }

  private void notices(Mutation mutation) {
    mutation.apply(database.superuser());
    try {
      assertThat(noticed(mutation)).as("what the test noticed").isNotEmpty();
    } finally {
      mutation.undo(database.superuser());
    }
  }

  /** A broken catalogue alone counts where no role could have got at the table anyway. */
  private List<String> noticed(Mutation mutation) {
    if (mutation.label().endsWith(Mutations.UNIQUE_NO_MORE)) {
      return catalogue.faultsOf(CatalogueRules.IDS);
    }
    List<DataTable> affected = mutation.table().map(List::of).orElse(tables);
    List<String> noticed = new ArrayList<>();
    affected.forEach(table -> noticed.addAll(holes(table)));
    boolean outOfReach = affected.stream().noneMatch(catalogue::isGranted);
    boolean ownerOnly = mutation.breakIt().contains("no force");
    boolean openAnyway = affected.stream().allMatch(DataTable::open);
    if (outOfReach || ownerOnly || openAnyway) {
      noticed.addAll(catalogue.faultsOf(CatalogueRules.FORCED));
    }
    return noticed;
  }

  private List<String> holes(DataTable table) {
    List<String> holes = new ArrayList<>();
    for (DatabaseRole role : AttackedDatabase.intruders()) {
      for (Attack attack : Attack.values()) {
        if (attack.concerns(table, role)) {
          holes.addAll(intruder.attack(table, role, attack));
        }
      }
    }
    return holes;
  }

  private void owners() {
    TreeSet<String> known = new TreeSet<>(tablesOfNoSchool().keySet());
    known.addAll(openTables().keySet());
    assertThat(tables.stream().map(DataTable::label))
        .as("tables that were declared")
        .containsAll(known);
    assertThat(
            Sql.column(
                database.superuser(),
                "select case table_schema when 'public' then '' else table_schema || '.' end || table_name"
                    + " from information_schema.columns where column_name = 'school_id'"))
        .as("tables with school_id, or a reason")
        .containsAll(tables.stream().filter(t -> !t.ofNoSchool()).map(DataTable::label).toList());
    assertThat(tables).as("tables").isNotEmpty();
  }

  private List<String> excused(List<String> faults) {
    return faults.stream().filter(fault -> !keysAcrossSchools().containsKey(fault)).toList();
  }
}
