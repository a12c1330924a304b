package uk.progressstream.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each broker's client is known in one package, and no service's domain in any. */
@AnalyzeClasses(
    packages = "uk.progressstream.transport",
    importOptions = ImportOption.DoNotIncludeTests.class)
class TransportRulesTest {

  @ArchTest
  static final ArchRule kafkaIsKnownToItsPackageAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("..transport.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule googleIsKnownToItsPackageAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("..transport.pubsub..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud..", "com.google.api..", "com.google.auth..", "com.google.pubsub..");

  @ArchTest
  static final ArchRule knowsEventsAndNoOtherContract =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "uk.progressstream.contracts.pseudonym..",
              "uk.progressstream.contracts.grades..",
              "uk.progressstream.contracts.sensitive..",
              "uk.progressstream.contracts.identity..",
              "uk.progressstream.contracts.access..",
              "uk.progressstream.contracts.audit..");
}
