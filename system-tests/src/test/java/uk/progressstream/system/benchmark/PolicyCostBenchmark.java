package uk.progressstream.system.benchmark;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.system.benchmark.ScopedTransactions.Call;

/**
 * What row security costs the server: processor time of whole transactions under a policy, against
 * the same transactions on the same rows without one.
 */
class PolicyCostBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 60);
  private static final int CALLS = 150;
  private static final int WARM_UP = 3;
  private static final int OWN_CLASSES = 5;

  private static final String LIST =
      "select ps_id, school_id, class_id, subject, qualification, period, kind, scale, grade,"
          + " points_tenths from %s where class_id = ? order by class_id, ps_id, subject,"
          + " qualification, period, kind limit 101";
  private static final String AGGREGATE =
      "select class_id, count(*), avg(points_tenths) from %s %s group by class_id";

  private final Random random = new Random(1);
  private final Report report = new Report("PolicyCost: row policy against a plain WHERE");

  @Test
  void policyCost() throws Exception {
    try (GradesAtScale grades = GradesAtScale.start()) {
      ScopeSealer sealer =
          ScopeSealer.of(grades.database().sealKey().id(), grades.database().sealKey().secret());
      report.line(
          "%d schools x %d classes x %d rows; %d rounds of %d transactions a side, interleaved",
          GradesAtScale.SCHOOLS, GradesAtScale.CLASSES, GradesAtScale.ROWS, ROUNDS, CALLS);
      String list = LIST.formatted("grade");
      String plainList = LIST.formatted("grade_plain");
      compare(
          "list of a class, by a class scope",
          1.3,
          grades,
          DatabaseRole.CLASS,
          list,
          plainList,
          school -> classList(sealer, school),
          school -> classList(sealer, school));
      compare(
          "list of a class, by a whole-school scope",
          1.3,
          grades,
          DatabaseRole.SCHOOL,
          list,
          plainList,
          school -> schoolList(sealer, school),
          school -> schoolList(sealer, school));
      compare(
          "aggregate over one's own five classes",
          1.0,
          grades,
          DatabaseRole.CLASS,
          AGGREGATE.formatted("grade", ""),
          AGGREGATE.formatted("grade_plain", "where class_id = any (?::uuid[])"),
          school -> aggregate(sealer, school, false),
          school -> aggregate(sealer, school, true));
    }
    report.close();
  }

  @SuppressWarnings("TooManyParameters")
  private void compare(
      String what,
      double limit,
      GradesAtScale grades,
      DatabaseRole role,
      String underPolicy,
      String plain,
      IntFunction<Call> policyCall,
      IntFunction<Call> plainCall)
      throws SQLException {
    double[] ratios = new double[ROUNDS];
    double[] policyCost = new double[ROUNDS];
    double[] plainCost = new double[ROUNDS];
    try (ScopedTransactions a = new ScopedTransactions(grades.as(role), underPolicy);
        ScopedTransactions b = new ScopedTransactions(grades.as(role), plain)) {
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        int[] schools = random.ints(CALLS, 1, GradesAtScale.SCHOOLS + 1).toArray();
        List<Call> policyCalls = calls(schools, policyCall);
        List<Call> plainCalls = calls(schools, plainCall);
        boolean policyFirst = round % 2 == 0;
        double first = policyFirst ? a.microseconds(policyCalls) : b.microseconds(plainCalls);
        double second = policyFirst ? b.microseconds(plainCalls) : a.microseconds(policyCalls);
        if (round >= 0) {
          policyCost[round] = policyFirst ? first : second;
          plainCost[round] = policyFirst ? second : first;
          ratios[round] = policyCost[round] / plainCost[round];
        }
      }
    }
    report.line("%s", what);
    report.line(
        "  policy %s us of server CPU a transaction, plain %s us",
        new Figures(policyCost).spread("%.0f"), new Figures(plainCost).spread("%.0f"));
    report.line("  ratio %s", new Figures(ratios).spread("%.2f"));
    report.atMost("median ratio", new Figures(ratios).median(), limit, "");
  }

  /** Both sides get the same classes: by a formula of the school, not by chance. */
  private static List<Call> calls(int[] schools, IntFunction<Call> call) {
    List<Call> calls = new ArrayList<>();
    for (int school : schools) {
      calls.add(call.apply(school));
    }
    return calls;
  }

  private static Call classList(ScopeSealer sealer, int school) {
    UUID first = GradesAtScale.schoolClass(school, 1);
    return new Call(classScope(sealer, school), List.of(first), GradesAtScale.ROWS);
  }

  private static Call schoolList(ScopeSealer sealer, int school) {
    SealedScope scope =
        sealed(sealer, ScopeKind.SCHOOL, Set.of(GradesAtScale.school(school)), Set.of());
    UUID first = GradesAtScale.schoolClass(school, 1);
    return new Call(scope, List.of(first), GradesAtScale.ROWS);
  }

  private static Call aggregate(ScopeSealer sealer, int school, boolean plain) {
    List<UUID> own = new ArrayList<>();
    for (int i = 1; i <= OWN_CLASSES; i++) {
      own.add(GradesAtScale.schoolClass(school, i));
    }
    List<Object> arguments = plain ? List.of(List.copyOf(own)) : List.of();
    return new Call(classScope(sealer, school), arguments, OWN_CLASSES);
  }

  private static SealedScope classScope(ScopeSealer sealer, int school) {
    Set<ClassCell> cells = new java.util.HashSet<>();
    for (int i = 1; i <= OWN_CLASSES; i++) {
      cells.add(new ClassCell(GradesAtScale.school(school), GradesAtScale.schoolClass(school, i)));
    }
    return sealed(sealer, ScopeKind.CLASS, Set.of(), cells);
  }

  private static SealedScope sealed(
      ScopeSealer sealer, ScopeKind kind, Set<UUID> schools, Set<ClassCell> classes) {
    Set<String> permissions =
        new TreeSet<>(Set.of("grades:export", "grades:read", "identity:read"));
    String text =
        ScopeText.write(
            new Scope(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Instant.now().plus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                Optional.empty(),
                "teaching",
                permissions,
                kind,
                schools,
                classes));
    return SealedScope.of(text, sealer.seal(text));
  }
}
