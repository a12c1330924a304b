package uk.progressstream.log.witness;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.progressstream.log.note.CosignerKey;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * Which witnesses there are and which of them must have cosigned, as a file (C2SP tlog-policy). The
 * same file tells the log whom to ask and a verifier what to demand.
 */
public final class WitnessPolicy {
  private static final String NONE = "none";

  private final List<VerifierKey> logs = new ArrayList<>();
  private final Map<String, MemberWitness> witnesses = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Set<String> members = new HashSet<>();
  private String quorum = "";

  private WitnessPolicy() {}

  /**
   * A witness in a policy.
   *
   * @param name in the policy
   * @param key its cosignatures are checked by
   * @param url prefix to submit checkpoints to
   */
  public record MemberWitness(String name, CosignerKey key, Optional<URI> url) {}

  private record Group(int needed, List<String> members) {}

  /**
   * Reads a policy.
   *
   * @throws IllegalArgumentException if the file is malformed; the message names the line
   */
  public static WitnessPolicy of(String file) {
    WitnessPolicy policy = new WitnessPolicy();
    String[] lines = file.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      try {
        policy.read(lines[i]);
      } catch (IllegalArgumentException | NotVerifiedException e) {
        throw new IllegalArgumentException("policy, line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    if (policy.quorum.isEmpty()) {
      throw new IllegalArgumentException("policy: the quorum line is missing");
    }
    return policy;
  }

  /** The keys of the logs that it is about. */
  public List<VerifierKey> logs() {
    return List.copyOf(logs);
  }

  /** All witnesses, in the order of the file. */
  public List<MemberWitness> witnesses() {
    return List.copyOf(witnesses.values());
  }

  /** Whether it demands any cosignature. */
  public boolean demandsWitnesses() {
    return !quorum.equals(NONE);
  }

  /**
   * Whether enough witnesses cosigned a note.
   *
   * @throws NotVerifiedException if a cosignature by one of them is wrong
   */
  public boolean cosigned(SignedNote note) {
    return holds(quorum, times(note));
  }

  /** Who cosigned a note and when, by the names of the policy. */
  public Map<String, Instant> times(SignedNote note) {
    Map<String, Instant> times = new LinkedHashMap<>();
    witnesses.forEach(
        (name, witness) -> note.cosignedBy(witness.key()).ifPresent(at -> times.put(name, at)));
    return times;
  }

  private boolean holds(String name, Map<String, Instant> cosigned) {
    Group group = groups.get(name);
    if (group != null) {
      return group.members().stream().filter(each -> holds(each, cosigned)).count()
          >= group.needed();
    }
    return name.equals(NONE) || cosigned.containsKey(name);
  }

  private void read(String line) {
    String[] part = line.replace('\t', ' ').strip().split(" +");
    switch (part[0]) {
      case "log" -> log(part);
      case "witness" -> witness(part);
      case "group" -> group(part);
      case "quorum" -> quorum(part);
      default -> require(part[0].isEmpty() || part[0].startsWith("#"), "an unknown word");
    }
  }

  private void log(String[] part) {
    require(part.length == 2 || part.length == 3, "log <vkey> [<url>]");
    VerifierKey key = VerifierKey.of(part[1]);
    require(!logs.contains(key), "the log is there already");
    logs.add(key);
  }

  private void witness(String[] part) {
    require(part.length == 3 || part.length == 4, "witness <name> <vkey> [<url>]");
    isNew(part[1]);
    CosignerKey key = CosignerKey.of(part[2]);
    require(
        witnesses.values().stream().noneMatch(each -> each.key().sameKeyAs(key)),
        "the witness's key is there already");
    Optional<URI> url = part.length == 4 ? Optional.of(URI.create(part[3])) : Optional.empty();
    require(
        url.map(URI::getScheme).map(scheme -> scheme.matches("https?")).orElse(url.isEmpty()),
        "not a URL of HTTP");
    witnesses.put(part[1], new MemberWitness(part[1], key, url));
  }

  private void group(String[] part) {
    require(part.length >= 4, "group <name> all|any|<number> <name>…");
    isNew(part[1]);
    List<String> names = List.of(part).subList(3, part.length);
    names.forEach(this::isMember);
    int needed =
        switch (part[2]) {
          case "all" -> names.size();
          case "any" -> 1;
          default -> {
            require(part[2].matches("[1-9][0-9]{0,5}"), "not a number of witnesses");
            yield Integer.parseInt(part[2]);
          }
        };
    require(needed <= names.size(), "more than there are");
    groups.put(part[1], new Group(needed, names));
  }

  private void quorum(String[] part) {
    require(part.length == 2, "quorum <name>");
    require(quorum.isEmpty(), "a second quorum");
    require(part[1].equals(NONE) || isKnown(part[1]), "no witness and no group of this name");
    quorum = part[1];
  }

  private void isNew(String name) {
    require(!isKnown(name) && !name.equals(NONE), "the name is taken");
  }

  private void isMember(String name) {
    require(isKnown(name), "no witness and no group of this name");
    require(members.add(name), "the name is in a group already");
  }

  private boolean isKnown(String name) {
    return witnesses.containsKey(name) || groups.containsKey(name);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
