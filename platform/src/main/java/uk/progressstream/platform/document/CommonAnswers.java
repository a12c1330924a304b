package uk.progressstream.platform.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Gives a service's document, when it is built, what every operation has: the bearer scheme, the
 * error answers (RFC 9457) and what pages and keys are. The rest comes from the resource classes
 * and the fragments in the service's {@code META-INF/openapi}.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonAnswers implements OASFilter {
  private static final String BEARER = "bearer";
  private static final String OK = "200";
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "after", "The `next` value of the previous page.",
          "limit", "Most items of the page: 100 if absent, at most 1,000.",
          "Idempotency-Key", "Makes it safe to send again: the same key gives the same thing.",
          "If-Match", "The ETag of what was read.");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components = document.getComponents();
    if (components == null) {
      components = OASFactory.createComponents();
      document.setComponents(components);
    }
    if (components.getSchemas() != null) {
      components.getSchemas().values().forEach(SchemaRules::apply);
    }
    components.addSecurityScheme(BEARER, bearer());
    components.addSchema(CommonProblem.SCHEMA, CommonProblem.schema());
    for (CommonProblem common : CommonProblem.values()) {
      components.addResponse(common.label(), common.response());
    }
    if (document.getPaths() != null && document.getPaths().getPathItems() != null) {
      document
          .getPaths()
          .getPathItems()
          .values()
          .forEach(path -> path.getOperations().values().forEach(CommonAnswers::complete));
    }
  }

  private static void complete(Operation operation) {
    APIResponses responses = operation.getResponses();
    nameSuccess(responses);
    responses.getAPIResponses().values().forEach(MediaRules::apply);
    if (operation.getRequestBody() != null) {
      MediaRules.apply(operation.getRequestBody().getContent());
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(CommonAnswers::describe);
    }
    addProblems(operation, responses);
  }

  /** Quarkus takes every success for 200; a fragment that names another one means that. */
  private static void nameSuccess(APIResponses responses) {
    APIResponse announced = responses.getAPIResponse(OK);
    responses.getAPIResponses().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("2") && !entry.getKey().equals(OK))
        .findFirst()
        .ifPresent(
            named -> {
              if (announced != null) {
                MediaRules.move(announced, named.getValue());
                responses.removeAPIResponse(OK);
              }
            });
  }

  private static void describe(Parameter parameter) {
    if (parameter.getDescription() == null) {
      parameter.setDescription(PARAMETERS.get(parameter.getName()));
    }
  }

  private static void addProblems(Operation operation, APIResponses responses) {
    // Quarkus announces them without a body; what is forbidden answers 404 like what is missing.
    removeEmpty(responses, "400");
    removeEmpty(responses, "401");
    removeEmpty(responses, "403");
    for (CommonProblem common : CommonProblem.values()) {
      if (common.isOf(operation) && responses.getAPIResponse(common.status()) == null) {
        responses.addAPIResponse(
            common.status(),
            OASFactory.createAPIResponse().ref("#/components/responses/" + common.label()));
      }
    }
  }

  private static void removeEmpty(APIResponses responses, String status) {
    APIResponse announced = responses.getAPIResponse(status);
    if (announced != null && announced.getContent() == null) {
      responses.removeAPIResponse(status);
    }
  }

  private static SecurityScheme bearer() {
    return OASFactory.createSecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme(BEARER)
        .bearerFormat("JWT")
        .description(
            "An access token of POST /identity/v1/token, good for five minutes. What an operation"
                + " wants it to permit is named beside the scheme.");
  }

  /** Text with a description. */
  static Schema text(String description) {
    return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
  }
}
