package uk.progressstream.provisioning.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.progressstream.platform.scope.ClassCell;
import uk.progressstream.platform.scope.SealedScope;
import uk.progressstream.provisioning.database.DatabaseRole;

/** Who comes with a genuine seal of one school and ids of others, and what they get away with. */
final class Trespassers {
  private static final Optional<String> NULL = Optional.empty();

  private final AttackedDatabase database;
  private final Schools schools;
  private final String[] all;
  private final String[] persons;
  private final Trespass trespass;

  Trespassers(
      AttackedDatabase database, Schools schools, Set<String> ofNobody, Trespass.Looks looks) {
    this.database = database;
    this.schools = schools;
    this.all =
        Stream.concat(
                Arrays.stream(Intruder.permissions(database.superuser())),
                Stream.of(Plumbing.PERMISSION))
            .toArray(String[]::new);
    this.persons =
        Arrays.stream(all).filter(each -> !ofNobody.contains(each)).toArray(String[]::new);
    this.trespass =
        new Trespass(
            database.superuser(),
            database.service(),
            new Estate(
                database.superuser(), schools.own(), List.of(schools.other(), schools.departed())),
            looks);
  }

  /** The caller's school, another one, and one that has left. */
  record Schools(Holding own, Holding other, Holding departed) {}

  /**
   * A deed with somebody else's ids.
   *
   * @param label what it is called
   * @param arguments the caller's own but for what is another's
   * @param unknown the same with ids that are not there; empty where that says nothing
   */
  record Attempt(
      Deed deed,
      String label,
      Map<String, Optional<String>> arguments,
      Optional<Map<String, Optional<String>>> unknown) {}

  /** What a deed does for a school itself, with every permission that the database knows. */
  Trespass.Outcome control(Deed deed, Holding school) {
    return trespass.of(deed, deed.arguments().apply(school.asCaller()), seal(deed, school, all));
  }

  /** The same under another isolation. */
  Trespass.Outcome under(String isolation, Deed deed, Holding school) {
    return trespass.under(
        isolation, deed, deed.arguments().apply(school.asCaller()), seal(deed, school, all));
  }

  /** Each argument in turn, and all of them. */
  List<Attempt> attacksWith(Deed deed) {
    List<Attempt> attempts = new ArrayList<>();
    Map<String, Optional<String>> own = deed.arguments().apply(schools.own().asCaller());
    // A constant says nothing of whose it is; nor does a class where none is asked for.
    Map<String, Optional<String>> mine = deed.arguments().apply(schools.own());
    Map<String, Optional<String>> random = deed.arguments().apply(Holding.named("an unknown id"));
    for (Holding victim :
        List.of(
            schools.other(),
            schools.departed(),
            schools.own().withClosedClass(),
            Holding.named("an unknown id"))) {
      Map<String, Optional<String>> theirs = deed.arguments().apply(victim);
      int before = attempts.size();
      for (String name : own.keySet()) {
        if (!theirs.getOrDefault(name, NULL).equals(mine.getOrDefault(name, NULL))) {
          attempts.add(
              attempt(
                  deed,
                  name + " of " + victim.label(),
                  deed.with(own, name, theirs.getOrDefault(name, NULL)),
                  Optional.of(deed.with(own, name, random.getOrDefault(name, NULL)))));
        }
      }
      if (attempts.size() > before + 1) {
        attempts.add(attempt(deed, "all of " + victim.label(), theirs, Optional.empty()));
      }
    }
    if (attempts.isEmpty()) {
      attempts.add(attempt(deed, "as it is", own, Optional.empty()));
    }
    own.keySet()
        .forEach(
            name ->
                attempts.add(
                    attempt(deed, "no " + name, deed.with(own, name, NULL), Optional.empty())));
    return attempts;
  }

  private static Attempt attempt(
      Deed deed,
      String what,
      Map<String, Optional<String>> arguments,
      Optional<Map<String, Optional<String>>> unknown) {
    return new Attempt(
        deed,
        "%s by the role for %s, %s"
            .formatted(deed.label(), deed.role().name().toLowerCase(Locale.ROOT), what),
        new LinkedHashMap<>(arguments),
        unknown);
  }

  /** What the attempt got away with; empty where every door was shut. */
  Set<String> holes(Attempt attempt) {
    Deed deed = attempt.deed();
    SealedScope scope = seal(deed, schools.own(), persons);
    Trespass.Outcome outcome = trespass.of(deed, attempt.arguments(), scope);
    Set<String> holes = new TreeSet<>();
    trespass
        .owners(trespass.told(outcome.answer(), attempt.arguments()))
        .forEach(whose -> holes.add("tells of " + whose));
    outcome
        .changed()
        .forEach(
            (whose, tables) -> {
              if (!whose.equals(schools.own().label())) {
                holes.add("changes " + String.join(", ", tables) + " of " + whose);
              }
            });
    Set<String> sees = trespass.told(outcome.seen(), attempt.arguments());
    if (!sees.isEmpty()) {
      sees.removeAll(trespass.told(trespass.seen(deed, scope), Map.of()));
      trespass.owners(sees).forEach(whose -> holes.add("sees " + whose + " afterwards"));
    }
    attempt
        .unknown()
        .map(unknown -> trespass.of(deed, unknown, scope))
        .filter(unknown -> !shape(unknown).equals(shape(outcome)))
        .ifPresent(unknown -> holes.add("is answered otherwise than for an unknown id"));
    return holes.stream()
        .map(hole -> attempt.label() + ": " + hole)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** An answer without what differs from call to call. */
  private static String shape(Trespass.Outcome outcome) {
    return outcome
        .answer()
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T][0-9:.+]+", "time");
  }

  private SealedScope seal(Deed deed, Holding school, String[] permissions) {
    UUID account = school.id(deed.caller());
    return database
        .tokens()
        .sealed(
            deed.role() == DatabaseRole.CLASS
                ? Tokens.classes(
                    account,
                    Set.of(new ClassCell(school.school(), school.schoolClass())),
                    permissions)
                : Tokens.schools(account, Set.of(school.school()), permissions));
  }
}
