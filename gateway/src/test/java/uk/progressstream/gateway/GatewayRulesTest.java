package uk.progressstream.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The door stands by itself, on what libraries promise to keep. */
@AnalyzeClasses(
    packages = "uk.progressstream.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayRulesTest {
  @ArchTest
  static final ArchRule nothingOfOurOtherModules =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "uk.progressstream.local..",
              "uk.progressstream.platform..",
              "uk.progressstream.contracts..");

  @ArchTest
  static final ArchRule nothingInsideTheLibraries =
      noClasses()
          .that()
          .doNotHaveSimpleName("Wire")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.quarkus..runtime.config..");
}
