package uk.progressstream.ingest.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import uk.progressstream.contracts.pseudonym.Pseudonym;

/**
 * The vault's answers for one batch, each question asked once: a file of grades names a pupil in
 * many rows.
 */
final class PseudonymBook<Q> {
  private final Map<Q, Pseudonym> answers = new HashMap<>();

  private PseudonymBook() {}

  /** Asks for the distinct questions of a batch. */
  static <Q> PseudonymBook<Q> ask(
      Collection<Q> questions, Function<List<Q>, List<Pseudonym>> vault) {
    Set<Q> distinct = new LinkedHashSet<>(questions);
    List<Q> asked = new ArrayList<>(distinct);
    List<Pseudonym> answered = vault.apply(asked);
    PseudonymBook<Q> book = new PseudonymBook<>();
    for (int i = 0; i < asked.size(); i++) {
      book.answers.put(asked.get(i), answered.get(i));
    }
    return book;
  }

  /** The answer to a question that was asked. */
  Pseudonym get(Q question) {
    Pseudonym answer = answers.get(question);
    if (answer == null) {
      throw new IllegalStateException("a question that was not asked");
    }
    return answer;
  }
}
