package uk.progressstream.provisioning.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import uk.progressstream.provisioning.database.DatabaseRole;

/**
 * Something that a role may do in a database: a call of a function, or a row that it adds.
 *
 * @param label how the test calls it
 * @param role the role in which it is done
 * @param caller who does it, by the name of the account's id
 * @param onlyReads whether it is declared to change nothing
 * @param sql with a place for each argument, in their order
 * @param arguments by name, for whoever's ids they are
 */
record Deed(
    String label,
    DatabaseRole role,
    String caller,
    boolean onlyReads,
    String sql,
    Function<Holding, Map<String, Optional<String>>> arguments) {

  /** The caller's own arguments, but for the one that is another's. */
  Map<String, Optional<String>> with(
      Map<String, Optional<String>> own, String name, Optional<String> value) {
    Map<String, Optional<String>> mixed = new LinkedHashMap<>(own);
    mixed.put(name, value);
    return mixed;
  }
}
