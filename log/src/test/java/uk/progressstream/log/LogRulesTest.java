package uk.progressstream.log;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class LogRulesTest {
  private static final String[] PURE = {
    "java..",
    "javax.crypto..",
    "javax.net.ssl..",
    "com.sun.net.httpserver..",
    "org.jspecify..",
    "org.erdtman.jcs..",
    "com.google.crypto.tink..",
    "com.fasterxml.jackson..",
    "uk.progressstream.log.."
  };

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("uk.progressstream.log");

  @Test
  void theFormatsNeedNoServiceAndNoCommandLine() {
    ArchRuleDefinition.classes()
        .that()
        .resideOutsideOfPackage("..log.verify")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(PURE)
        .check(classes);
  }

  @Test
  void theVerifierNeedsNoService() {
    String[] withCommandLine = java.util.Arrays.copyOf(PURE, PURE.length + 1);
    withCommandLine[PURE.length] = "picocli..";
    ArchRuleDefinition.classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(withCommandLine)
        .check(classes);
  }

  @Test
  void packagesDoNotGoRoundInCircles() {
    slices().matching("uk.progressstream.log.(*)..").should().beFreeOfCycles().check(classes);
  }
}
