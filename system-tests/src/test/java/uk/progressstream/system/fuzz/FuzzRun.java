package uk.progressstream.system.fuzz;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import uk.progressstream.system.document.Documents;
import uk.progressstream.system.document.ExampleRun;
import uk.progressstream.system.document.Operation;
import uk.progressstream.system.document.Prepared;
import uk.progressstream.system.http.Attempt;
import uk.progressstream.system.http.Door;
import uk.progressstream.system.http.KeptWires;
import uk.progressstream.system.http.Reply;
import uk.progressstream.system.running.RunningSystem;

/** Sends requests made from a seed, one after the other, and collects what is wrong. */
final class FuzzRun {
  private static final Duration TOKEN_FOR = Duration.ofMinutes(3);
  private static final int FAULTS_MAX = 20;

  /**
   * What would take from the shared sample what other tests build on, sent by those who may not.
   */
  private static final Set<String> DESTRUCTIVE =
      Set.of(
          "leave",
          "endRole",
          "closeClass",
          "closeCluster",
          "revokeInvitation",
          "takeClusterAway",
          "withdrawApproval",
          "withdrawConsent");

  private final RunningSystem system;
  private final List<Operation> operations;
  private final ExampleRun examples;
  private final Random random;
  private final long seed;
  private final Map<String, Instant> tokenSince = new HashMap<>();
  private final KeptWires wires;
  private final List<String> faults = new ArrayList<>();
  private int sent;

  FuzzRun(RunningSystem system, long seed) {
    Documents documents = Documents.of(system);
    this.system = system;
    this.wires = new KeptWires(system);
    this.operations = documents.operations();
    this.examples = new ExampleRun(system, documents);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Runs until so many requests were sent, or so long.
   *
   * @return one line a fault: what was sent, by whom, what came back
   */
  List<String> run(int requestsMax, Duration within) throws SQLException {
    Instant until = Instant.now().plus(within);
    Genuine genuine = Genuine.of(system);
    Requests requests = new Requests(random, genuine);
    try (Records records = new Records(system)) {
      Judge judge = new Judge(genuine, records);
      judge.begin();
      while (sent < requestsMax && Instant.now().isBefore(until) && faults.size() < FAULTS_MAX) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        attempt(operation, requests.of(operation), account(operation), judge);
        sent++;
      }
    } finally {
      wires.close();
    }
    return faults;
  }

  /** How many requests were answered. */
  int sent() {
    return sent;
  }

  private void attempt(Operation operation, Prepared request, String account, Judge judge)
      throws SQLException {
    Door door = random.nextBoolean() ? Door.GATEWAY : Door.STRAIGHT;
    Optional<String> token = account.isEmpty() ? Optional.empty() : Optional.of(token(account));
    Attempt attempt = Attempt.of(request, token);
    try {
      Reply reply = wires.exchange(door, operation.path().split("/", 3)[1], attempt);
      if (reply.status() == 401 && !account.isEmpty()) {
        // A lease that another request ended has taken its tokens along.
        examples.forgetToken(account);
      }
      judge
          .faults(operation, attempt, reply, account)
          .forEach(fault -> fault(fault, door, attempt, account, reply.toString()));
    } catch (IOException e) {
      fault("no answer", door, attempt, account, e.toString());
    }
  }

  private void fault(String what, Door door, Attempt attempt, String account, String answer) {
    faults.add(
        "%s: %s, %s, seed %d, request %d; answered %s"
            .formatted(what, attempt.asCurl(account), door, seed, sent, answer));
  }

  private String account(Operation operation) {
    if (operation.id().equals("leaveSchool")) {
      // Whoever may send it is gone from the sample afterwards.
      return "";
    }
    List<String> accounts = new ArrayList<>();
    Genuine.ACCOUNTS.forEach(one -> accounts.add(one.label()));
    if (DESTRUCTIVE.contains(operation.id())) {
      Genuine.ADMINS.forEach(admin -> accounts.remove(admin.label()));
    } else {
      // Mostly somebody who may: most others are refused before anything is looked at.
      operation
          .account()
          .ifPresent(able -> accounts.addAll(List.of(able, able, able, able, able, able)));
    }
    accounts.add("");
    return accounts.get(random.nextInt(accounts.size()));
  }

  private String token(String account) {
    Instant since = tokenSince.computeIfAbsent(account, key -> Instant.now());
    if (since.plus(TOKEN_FOR).isBefore(Instant.now())) {
      examples.forgetToken(account);
      tokenSince.put(account, Instant.now());
    }
    return examples.token(account);
  }
}
