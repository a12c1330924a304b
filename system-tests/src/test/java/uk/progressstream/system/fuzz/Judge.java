package uk.progressstream.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.document.Answers;
import uk.progressstream.system.document.Operation;
import uk.progressstream.system.document.Schemas;
import uk.progressstream.system.http.Attempt;
import uk.progressstream.system.http.Reply;
import uk.progressstream.system.running.Databases;

/** Whether an answer is one that the document, the schools and the log can live with. */
final class Judge {
  /** What is answered before it is known which operation is meant. */
  private static final Set<Integer> OF_NO_OPERATION = Set.of(405, 414, 431);

  private final Genuine genuine;
  private final Records records;

  /** By the first letters of an account, which say its school. */
  private final Map<String, Set<String>> askedBy = new HashMap<>();

  Judge(Genuine genuine, Records records) {
    this.genuine = genuine;
    this.records = records;
  }

  /** What was read until now is nobody's fault. */
  void begin() throws SQLException {
    for (String service : Databases.NAMES) {
      for (SampleAccount account : Genuine.ACCOUNTS) {
        records.news(service, genuine.account(account.label()));
      }
    }
  }

  /**
   * What is wrong with it; nothing if all is well.
   *
   * @param account who asked; empty for nobody
   */
  List<String> faults(Operation operation, Attempt sent, Reply reply, String account)
      throws SQLException {
    List<String> faults = new ArrayList<>();
    if (reply.status() >= 500 && (reply.status() != 503 || reply.header("Retry-After").isEmpty())) {
      faults.add("a failure of the server");
    }
    undeclared(operation, sent, reply).ifPresent(faults::add);
    leaks(sent, reply, account).ifPresent(faults::add);
    if (!account.isEmpty()) {
      misrecorded(operation, sent, reply, account).ifPresent(faults::add);
    }
    return faults;
  }

  private static Optional<String> undeclared(Operation operation, Attempt sent, Reply reply) {
    if (OF_NO_OPERATION.contains(reply.status())) {
      return Optional.empty();
    }
    JsonNode declared = operation.response(reply.status());
    if (declared.isMissingNode()) {
      return Optional.of("a status that is not declared");
    }
    if (sent.method().equals("HEAD") || reply.body().length == 0) {
      boolean wantsBody = !declared.path("content").isEmpty();
      return wantsBody && !sent.method().equals("HEAD") && !isStream(reply)
          ? Optional.of("no body where one is declared")
          : Optional.empty();
    }
    return declared.path("content").properties().stream()
        .filter(type -> Answers.mediaType(type.getKey()).equals(reply.mediaType()))
        .findFirst()
        .map(type -> misshapen(operation, type.getValue().path("schema"), reply))
        .orElse(Optional.of("a media type that is not declared"));
  }

  private static boolean isStream(Reply reply) {
    return reply.mediaType().startsWith("text/");
  }

  private static Optional<String> misshapen(Operation operation, JsonNode schema, Reply reply) {
    String type = reply.mediaType();
    if (type.equals("application/octet-stream")) {
      return Optional.empty();
    }
    boolean text = type.startsWith("text/") && !type.equals("text/event-stream");
    JsonNode value = text ? new TextNode(reply.text()) : Answers.json(type, reply.text());
    List<String> errors = Schemas.errors(operation, schema, value);
    return errors.isEmpty() ? Optional.empty() : Optional.of("not its schema: " + errors);
  }

  /**
   * An admin is given nothing of the other admin's school, except what somebody of the admin's own
   * school sent before: a school's records name what its people asked for.
   */
  private Optional<String> leaks(Attempt sent, Reply reply, String account) {
    Set<String> asked = askedBy.computeIfAbsent(school(account), key -> new HashSet<>());
    String request = sent.target() + new String(sent.body(), StandardCharsets.UTF_8);
    Genuine.ADMINS.stream()
        .flatMap(admin -> genuine.secrets(admin).stream())
        .filter(request::contains)
        .forEach(asked::add);
    String text = reply.text();
    return Genuine.ADMINS.stream()
        .filter(admin -> Genuine.ADMINS.stream().anyMatch(one -> one.label().equals(account)))
        .filter(admin -> !admin.label().equals(account))
        .map(SampleAccount.class::cast)
        .flatMap(admin -> genuine.secrets(admin).stream())
        .filter(id -> text.contains(id) && !asked.contains(id))
        .findFirst()
        .map(id -> "something of another school, in …" + around(text, text.indexOf(id)) + "…");
  }

  private static String school(String account) {
    int end = account.indexOf('-');
    return end < 0 ? account : account.substring(0, end);
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 60));
  }

  private Optional<String> misrecorded(
      Operation operation, Attempt sent, Reply reply, String account) throws SQLException {
    String service = operation.path().split("/", 3)[1];
    List<Records.Read> news = records.news(service, genuine.account(account));
    boolean isRead =
        operation.method().equals("GET") && List.of("GET", "HEAD").contains(sent.method());
    boolean given = isRead && (reply.status() == 200 || reply.status() == 304);
    Set<String> kinds = news.stream().map(Records.Read::kind).collect(Collectors.toSet());
    Set<String> expected = new HashSet<>();
    if (given && !(sent.method().equals("HEAD") && isDownload(operation))) {
      ReadKinds.of(operation.id(), reply.mediaType()).ifPresent(expected::add);
    }
    if (!kinds.equals(expected)) {
      return Optional.of("records %s where there should be %s".formatted(kinds, expected));
    }
    return news.size() == new HashSet<>(news).size()
        ? Optional.empty()
        : Optional.of("one school has two records of one read");
  }

  private static boolean isDownload(Operation operation) {
    return Set.of("exportGrades", "exportPupils", "exportRecords", "followUpload")
        .contains(operation.id());
  }
}
