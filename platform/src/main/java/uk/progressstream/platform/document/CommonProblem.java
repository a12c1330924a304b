package uk.progressstream.platform.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.problem.ProblemBody;

/** Error answers that any operation may give, as its document describes them. */
enum CommonProblem {
  /** The request is not understood. */
  BAD_REQUEST(
      "What was sent is not understood; type and detail say what.",
      Problem.badRequest(),
      Where.EVERYWHERE),
  /** No token, or one that is over. */
  UNAUTHENTICATED(
      "No access token, or one that is wrong or over.", Problem.unauthenticated(), Where.SIGNED_IN),
  /** Missing or not the caller's. */
  NOT_FOUND("It is not there, or not the caller's to see.", Problem.notFound(), Where.SIGNED_IN),
  /** None of the types that the answer has is accepted. */
  NOT_ACCEPTABLE(
      "It is not served as any type that Accept names.",
      new Problem(406, "not-acceptable", "Not acceptable", "This is served as application/json."),
      Where.EVERYWHERE),
  /** Something else was made or changed meanwhile, or under the same key. */
  CONFLICT(
      "It conflicts with what is there; type says how. One cause is an Idempotency-Key that was"
          + " used for another request.",
      Problem.conflict(
          "idempotency-key-used",
          "Idempotency-Key used before",
          "This key came with another request before; send a new one."),
      Where.AGAINST_WHAT_IS_THERE),
  /** The body is over its limit. */
  TOO_LARGE("The body is over its limit.", Problem.tooLarge("Send less at once."), Where.WITH_BODY),
  /** A body of another type, or in a coding. */
  UNSUPPORTED_MEDIA_TYPE(
      "A body without a Content-Type that is taken, or with a Content-Encoding; Accept or"
          + " Accept-Encoding says what is taken.",
      new Problem(
          415,
          "unsupported-media-type",
          "Media type not accepted",
          "Send a body of Content-Type application/json."),
      Where.WITH_BODY),
  /** Something else than 100-continue is expected. */
  EXPECTATION_FAILED(
      "Expect names something else than 100-continue.",
      new Problem(
          417,
          "expectation-failed",
          "Expectation failed",
          "The only supported expectation is 100-continue."),
      Where.EVERYWHERE),
  /** The gateway's rate limit, or a service's own for an account or a school. */
  TOO_MANY(
      "Too many requests; Retry-After says in how many seconds to come back.",
      Problem.tooMany("Slow down.", 1),
      Where.EVERYWHERE),
  /** Something does not answer. */
  UNAVAILABLE(
      "Overload, or a part that does not answer; Retry-After says when to try again.",
      Problem.unavailable(1),
      Where.EVERYWHERE);

  /** The name of the body's schema. */
  static final String SCHEMA = "Problem";

  private static final Set<String> CONDITIONS = Set.of("Idempotency-Key", "If-Match");

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final String description;
  private final Problem example;
  private final Where where;

  CommonProblem(String description, Problem example, Where where) {
    this.description = description;
    this.example = example;
    this.where = where;
  }

  /** Its name in the document. */
  String label() {
    StringBuilder label = new StringBuilder();
    for (String word : name().split("_", -1)) {
      label.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return label.toString();
  }

  /** HTTP status. */
  String status() {
    return Integer.toString(example.status());
  }

  /** Whether an operation may answer it. */
  boolean isOf(Operation operation) {
    return switch (where) {
      case EVERYWHERE -> true;
      case SIGNED_IN -> operation.getSecurity() != null && !operation.getSecurity().isEmpty();
      case WITH_BODY -> operation.getRequestBody() != null;
      case AGAINST_WHAT_IS_THERE ->
          operation.getParameters() != null
              && operation.getParameters().stream()
                  .anyMatch(parameter -> CONDITIONS.contains(parameter.getName()));
    };
  }

  /** With an example. */
  APIResponse response() {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(description)
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        ProblemBody.MEDIA_TYPE,
                        OASFactory.createMediaType()
                            .schema(OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA))
                            .example(body())));
    return example.status() == 429 || example.status() == 503 ? withRetryAfter(response) : response;
  }

  private static APIResponse withRetryAfter(APIResponse response) {
    return response.addHeader(
        "Retry-After",
        OASFactory.createHeader()
            .description("Seconds.")
            .schema(OASFactory.createSchema().addType(SchemaType.INTEGER)));
  }

  private Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", example.type());
    body.put("title", example.title());
    body.put("status", example.status());
    body.put("detail", example.detail());
    body.put("traceId", TRACE);
    return body;
  }

  private enum Where {
    EVERYWHERE,
    SIGNED_IN,
    WITH_BODY,
    AGAINST_WHAT_IS_THERE
  }

  /** The body of any of them. */
  static Schema schema() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description("Problem details (RFC 9457); they hold nothing that came with the request.")
        .addProperty("type", CommonAnswers.text("A stable URN."))
        .addProperty("title", CommonAnswers.text("The same for every problem of this type."))
        .addProperty(
            "status",
            OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .description("The HTTP status again."))
        .addProperty("detail", CommonAnswers.text("What to do about it."))
        .addProperty(
            "traceId", CommonAnswers.text("Names the request to whoever runs the service."))
        .required(List.of("type", "title", "status", "detail", "traceId"));
  }
}
