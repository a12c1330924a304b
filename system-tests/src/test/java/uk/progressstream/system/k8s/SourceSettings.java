package uk.progressstream.system.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code PS_…} variables that a module's sources ask for: expressions in its properties files,
 * methods of its configuration mappings, and single settings that are injected. From the sources,
 * since a variable that nobody sets would otherwise only show when a pod starts.
 */
final class SourceSettings {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(ps\\.[a-z0-9.-]+)");
  private static final Pattern MAPPING =
      Pattern.compile(
          "@ConfigMapping\\(\\s*prefix\\s*=\\s*\"(ps[^\"]*)\"[^)]*\\)[^{]*interface\\s+\\w+(?:\\s+extends\\s+(\\w+))?");
  private static final Pattern INJECTED =
      Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*\"(ps\\.[a-z0-9.-]+)\"");
  private static final Pattern METHOD =
      Pattern.compile(
          "(?:@WithName\\(\"([^\"]+)\"\\)[^;]*?)?(\\w+)(?:<[^;()]*>)?\\s+(\\w+)\\(\\);");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  private final List<String> sources;

  private SourceSettings(List<String> sources) {
    this.sources = sources;
  }

  /** Variables of some modules together, such as platform and one service. */
  static Set<String> of(String... modules) {
    Set<String> names = new TreeSet<>();
    List<String> sources = new ArrayList<>();
    for (String module : modules) {
      Path main = Kustomize.root().resolve(module).resolve("src/main");
      texts(main, ".properties").forEach(text -> expressions(text, names));
      texts(main, ".java").map(text -> COMMENT.matcher(text).replaceAll("")).forEach(sources::add);
    }
    new SourceSettings(sources).mappings(names);
    sources.stream()
        .flatMap(source -> INJECTED.matcher(source).results())
        .forEach(match -> names.add(variable(match.group(1))));
    return names;
  }

  private static void expressions(String properties, Set<String> names) {
    properties
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> EXPRESSION.matcher(line).results())
        .forEach(match -> names.add(variable(match.group(1))));
  }

  private void mappings(Set<String> names) {
    for (String source : sources) {
      Matcher mapping = MAPPING.matcher(source);
      while (mapping.find()) {
        methods(mapping.group(1), body(source, mapping.end()), names);
        Optional.ofNullable(mapping.group(2))
            .flatMap(this::interfaceBody)
            .ifPresent(inherited -> methods(mapping.group(1), inherited, names));
      }
    }
  }

  /** Methods of an interface; one whose type is an interface of ours is a group of settings. */
  private void methods(String prefix, String body, Set<String> names) {
    Matcher method = METHOD.matcher(topLevel(body));
    while (method.find()) {
      String name =
          prefix + "." + Optional.ofNullable(method.group(1)).orElse(kebab(method.group(3)));
      Optional<String> group = interfaceBody(method.group(2));
      if (group.isPresent()) {
        methods(name, group.get(), names);
      } else {
        names.add(variable(name));
      }
    }
  }

  private Optional<String> interfaceBody(String name) {
    Pattern declaration = Pattern.compile("\\binterface\\s+" + Pattern.quote(name) + "\\b");
    for (String source : sources) {
      Matcher matcher = declaration.matcher(source);
      if (matcher.find()) {
        return Optional.of(body(source, matcher.end()));
      }
    }
    return Optional.empty();
  }

  private static String body(String source, int from) {
    int start = source.indexOf('{', from);
    int depth = 0;
    for (int i = start; i < source.length(); i++) {
      depth += source.charAt(i) == '{' ? 1 : source.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return source.substring(start + 1, i);
      }
    }
    return "";
  }

  private static String topLevel(String body) {
    StringBuilder out = new StringBuilder();
    int depth = 0;
    for (char c : body.toCharArray()) {
      depth -= c == '}' ? 1 : 0;
      if (depth == 0) {
        out.append(c);
      }
      depth += c == '{' ? 1 : 0;
    }
    return out.toString();
  }

  private static String kebab(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Stream<String> texts(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
      return found.stream().map(SourceSettings::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
