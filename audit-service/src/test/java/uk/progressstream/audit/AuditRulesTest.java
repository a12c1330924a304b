package uk.progressstream.audit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.testing.HouseRules;

class AuditRulesTest extends HouseRules {
  AuditRulesTest() {
    super("uk.progressstream.audit");
  }

  @Test
  void theVerifierNeedsNoService() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uk.progressstream.audit");
    ArchRuleDefinition.classes()
        .that()
        .resideInAnyPackage("..audit.tree", "..audit.note", "..audit.commitment", "..audit.verify")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.crypto..",
            "javax.net.ssl..",
            "org.jspecify..",
            "org.erdtman.jcs..",
            "com.google.crypto.tink..",
            "com.fasterxml.jackson..",
            "uk.progressstream.audit.tree",
            "uk.progressstream.audit.note",
            "uk.progressstream.audit.commitment",
            "uk.progressstream.audit.verify")
        .check(classes);
  }
}
