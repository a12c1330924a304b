package uk.progressstream.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.grant.Cells;
import uk.progressstream.identity.grant.Grant;
import uk.progressstream.identity.grant.GrantRules;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.IdentityTestResource;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.ScopeKind;

@QuarkusTest
@WithTestResource(
    value = IdentityTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "identity"))
class LargestTokenTest {
  @Inject AccessTokens tokens;

  @Test
  @DisplayName("A token with as many classes as there may be still fits the header of a request")
  void fits() {
    HttpResponse<String> answer = Gateway.open().get("/me", token(GrantRules.CELLS_MAX));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String token(int classes) {
    Set<ClassCell> cells =
        Stream.generate(() -> new ClassCell(UUID.randomUUID(), UUID.randomUUID()))
            .limit(classes)
            .collect(Collectors.toSet());
    Grant grant =
        new Grant(
            Role.TEACHER.code(),
            Role.ADMIN.permissions(),
            new Cells(ScopeKind.CLASS, Set.of(), cells),
            Optional.empty(),
            Role.TEACHER.purpose());
    return tokens.issue(UUID.randomUUID(), grant, Instant.now(), Set.of()).text();
  }
}
