package uk.progressstream.provisioning.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import uk.progressstream.platform.database.ScopedDatabase;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The rules of the house that hold in every service; a service's test extends this with its
 * package.
 */
public abstract class HouseRules {
  private static final Set<String> HTTP_METHODS =
      Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD");
  private static final Set<String> WHO_MAY =
      Set.of(
          "jakarta.annotation.security.RolesAllowed",
          "jakarta.annotation.security.PermitAll",
          "io.quarkus.security.Authenticated");

  private final String basePackage;
  private final JavaClasses classes;

  /**
   * Rules over one service.
   *
   * @param basePackage such as {@code uk.progressstream.grades}
   */
  protected HouseRules(String basePackage) {
    this.basePackage = basePackage;
    this.classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(basePackage);
  }

  @Test
  void onlyTheGatewayToTheDatabaseHoldsAPool() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "io\\.vertx\\..*sqlclient\\.Pool|.*\\.ReactiveDataSource|javax\\.sql\\.DataSource")
        .check(classes);
  }

  @Test
  void nothingIsReadOnceAccessHasEnded() {
    noClasses()
        .should()
        .callMethod(ScopedDatabase.class, "afterAccess", SealedScope.class, Function.class)
        .check(classes);
  }

  @Test
  void featuresDoNotGoRoundInCircles() {
    slices().matching(basePackage + ".(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void aRepositoryIsUsedByItsOwnFeatureOnly() {
    for (JavaClass repository : classes) {
      if (repository.getSimpleName().endsWith("Repository")) {
        noClasses()
            .that()
            .resideOutsideOfPackage(repository.getPackageName())
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(repository.reflect())
            .allowEmptyShould(true)
            .check(classes);
      }
    }
  }

  @Test
  void everyRestMethodSaysWhoMayCallIt() {
    methods()
        .that(areRest())
        .should()
        .beAnnotatedWith(whoMay())
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void everyGrpcMethodNamesItsPeers() {
    methods()
        .that(areGrpc())
        .should()
        .beAnnotatedWith("jakarta.annotation.security.RolesAllowed")
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void configurationComesThroughMappings() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.eclipse.microprofile.config.inject.ConfigProperty")
        .check(classes);
  }

  @Test
  void aNameTellsWhatAClassIs() {
    classes()
        .that()
        .areAnnotatedWith("jakarta.ws.rs.Path")
        .should()
        .haveSimpleNameEndingWith("Resource")
        .allowEmptyShould(true)
        .check(classes);
    classes()
        .that()
        .areAnnotatedWith("io.quarkus.grpc.GrpcService")
        .should()
        .haveSimpleNameEndingWith("Grpc")
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void nothingIsPrintedPastTheLog() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  private static DescribedPredicate<JavaMethod> areRest() {
    return DescribedPredicate.describe(
        "answer HTTP",
        method ->
            method.getAnnotations().stream()
                .anyMatch(a -> HTTP_METHODS.contains(a.getRawType().getSimpleName())));
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAnnotation<?>> whoMay() {
    return DescribedPredicate.describe(
        "who may call", annotation -> WHO_MAY.contains(annotation.getRawType().getName()));
  }

  private static DescribedPredicate<JavaMethod> areGrpc() {
    return DescribedPredicate.describe(
        "answer gRPC",
        method ->
            method.getOwner().isAnnotatedWith("io.quarkus.grpc.GrpcService")
                && method
                    .getModifiers()
                    .contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC)
                && !method
                    .getModifiers()
                    .contains(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC));
  }
}
