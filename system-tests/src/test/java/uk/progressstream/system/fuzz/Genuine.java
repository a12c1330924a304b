package uk.progressstream.system.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.progressstream.local.client.Answer;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.system.document.Answers;
import uk.progressstream.system.running.RunningSystem;

/** Ids of the running sample, by the names that parameters and fields have. */
final class Genuine {
  /** Who sees all of one school and nothing of another. */
  static final List<SampleAccount> ADMINS = List.of(SampleAccount.GP_ADMIN, SampleAccount.MS_ADMIN);

  /** Who can sign in: the others show what ID tokens there are, and nobody invited them. */
  static final Set<SampleAccount> ACCOUNTS =
      EnumSet.complementOf(
          EnumSet.of(
              SampleAccount.SERVICE_ACCOUNT, SampleAccount.APPLICATION, SampleAccount.GUEST));

  private final Map<String, Set<String>> byName = new HashMap<>();
  private final Map<SampleAccount, Set<String>> secrets = new HashMap<>();
  private final Map<String, String> accounts = new HashMap<>();

  static Genuine of(RunningSystem system) {
    Genuine genuine = new Genuine();
    SignIn signIn = system.signIn();
    ADMINS.forEach(admin -> genuine.harvestSchool(admin, signIn.as(admin)));
    genuine.harvest("breach", signIn.as(SampleAccount.DPO), "/breach/v1/breaches", "id");
    for (SampleAccount account : ACCOUNTS) {
      Answer me = signIn.as(account).get("/identity/v1/me").require(200);
      genuine.accounts.put(account.label(), me.json().getString("account"));
      genuine.add("account", me.json().getString("account"));
    }
    return genuine;
  }

  /** Ids that have this name, in an order that does not change; maybe none. */
  List<String> named(String name) {
    return List.copyOf(byName.getOrDefault(name, Set.of()));
  }

  /** The id of a sample account. */
  String account(String label) {
    return accounts.getOrDefault(label, "");
  }

  /** Ids that an admin's school shares with nobody: of its pupils, uploads and records. */
  Set<String> secrets(SampleAccount admin) {
    return secrets.getOrDefault(admin, Set.of());
  }

  private void harvestSchool(SampleAccount admin, ApiClient api) {
    String school = harvest("school", api, "/identity/v1/schools", "id").get(0);
    String of = "/identity/v1/schools/" + school;
    harvest("class", api, of + "/classes", "id");
    harvest("account", api, of + "/accounts", "account");
    harvest("invitation", api, of + "/invitations", "id");
    harvest("cluster", api, "/identity/v1/clusters", "id");
    Set<String> own = secrets.computeIfAbsent(admin, key -> new TreeSet<>());
    own.addAll(harvest("upload", api, "/ingest/v1/uploads?school=" + school, "id"));
    own.addAll(harvest("psId", api, "/grades/v1/grades?limit=200", "psId"));
    own.addAll(harvest("record", api, "/audit/v1/records?limit=50", "id"));
    byName.put("id", new TreeSet<>(named("class")));
  }

  private List<String> harvest(String name, ApiClient api, String path, String field) {
    JsonNode items = Answers.json("", api.get(path).require(200).body()).path("items");
    List<String> found = items.findValuesAsText(field);
    found.forEach(id -> add(name, id));
    return found;
  }

  private void add(String name, String id) {
    byName.computeIfAbsent(name, key -> new TreeSet<>()).add(id);
  }
}
