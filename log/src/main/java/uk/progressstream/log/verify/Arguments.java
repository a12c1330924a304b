package uk.progressstream.log.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line: pairs of {@code --name value}, a name may occur several times. */
final class Arguments {
  private static final List<String> NAMES =
      List.of("--url", "--key", "--ca", "--proof", "--checkpoint");

  private final List<String> words;

  private Arguments(List<String> words) {
    this.words = words;
  }

  static Arguments of(String... words) {
    for (int i = 0; i < words.length; i += 2) {
      if (!NAMES.contains(words[i]) || i + 1 == words.length) {
        throw new IllegalArgumentException("not understood: " + words[i]);
      }
    }
    return new Arguments(List.of(words));
  }

  List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      if (words.get(i).equals(name)) {
        values.add(words.get(i + 1));
      }
    }
    return values;
  }

  Optional<String> one(String name) {
    return all(name).stream().findFirst();
  }

  String required(String name) {
    return one(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }
}
