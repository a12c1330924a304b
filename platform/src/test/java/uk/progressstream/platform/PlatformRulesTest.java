package uk.progressstream.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.disclosure.Disclosures;
import uk.progressstream.platform.refusal.Refusals;
import uk.progressstream.platform.scope.SealedScope;

/** Keeps the shared jar small and free of the domain. */
@AnalyzeClasses(
    packages = "uk.progressstream.platform",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PlatformRulesTest {
  private static final int CLASSES_MAX = 96;

  @ArchTest
  static final ArchRule knowsNoDomain =
      noClasses()
          .should()
          .haveNameMatching(
              "(?i).*\\.[^.]*(pupil|grade|sensitive|breach|upload|enrol|pseudonym|incident)[^.]*");

  @ArchTest
  static final ArchRule knowsOnlySharedContracts =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "uk.progressstream.contracts.pseudonym..",
              "uk.progressstream.contracts.grades..",
              "uk.progressstream.contracts.sensitive..",
              "uk.progressstream.contracts.identity..",
              "uk.progressstream.contracts.audit..");

  @ArchTest
  static final ArchRule onlyTheGatewayTouchesAPool =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..platform.database..", "..platform.outbox..", "..platform.startup..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("io\\.vertx\\..*sqlclient\\.Pool");

  @ArchTest
  static final ArchRule afterAccessOnlyTheLogIsTold =
      noClasses()
          .that()
          .areNotAssignableTo(Disclosures.class)
          .and()
          .areNotAssignableTo(Refusals.class)
          .and()
          .areNotAssignableTo(ScopedDatabase.class)
          .should()
          .callMethod(ScopedDatabase.class, "afterAccess", SealedScope.class, Function.class);

  @ArchTest
  static final ArchRule configurationOnlyThroughMappings =
      classes().that().haveSimpleNameEndingWith("Config").should().beInterfaces();

  @ArchTest
  static void staysSmall(JavaClasses all) {
    long topLevel = all.stream().filter(c -> c.getEnclosingClass().isEmpty()).count();

    assertThat(topLevel).isLessThan(CLASSES_MAX);
  }
}
