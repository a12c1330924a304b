package uk.progressstream.local.service;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Java process of ours runs.
 *
 * @param label what a person calls it
 * @param jars its class path, in order
 * @param mainClass where it begins
 * @param properties system properties, as arguments
 * @param heapMib largest heap
 * @param metaspaceMib largest metaspace
 * @param optimised whether the optimising compiler works on it too: worth its memory only for what
 *     is asked all the time
 */
public record JavaProgram(
    String label,
    List<Path> jars,
    String mainClass,
    List<String> properties,
    int heapMib,
    int metaspaceMib,
    boolean optimised) {
  private static final String LAUNCHER = "uk.progressstream.local.Main";

  /** What Quarkus' own starter sets, too, before anything logs. */
  private static final List<String> LOGGING =
      List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  /** The order matters: classes that the build changed stand before the originals. */
  private static final List<String> PROGRAM_FOLDERS =
      List.of("quarkus", "app", "lib/boot", "lib/main");

  /** A service, from what its build left in {@code quarkus-app}. */
  public static JavaProgram service(Service service, Path quarkusApp) throws IOException {
    boolean busiest = service == Service.IDENTITY;
    return quarkus(service.label(), quarkusApp, busiest ? 128 : 96, 144, busiest);
  }

  /**
   * The gateway: it holds no rows and knows no database. All that people send and get is encrypted
   * here, which is ten times slower without the optimising compiler.
   */
  public static JavaProgram gateway(Path quarkusApp) throws IOException {
    return quarkus("gateway", quarkusApp, 256, 80, true);
  }

  /**
   * Not by its {@code quarkus-run.jar}: that has a class loader of its own, whose classes no start
   * archive can hold.
   */
  private static JavaProgram quarkus(
      String label, Path quarkusApp, int heapMib, int metaspaceMib, boolean optimised)
      throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String folder : PROGRAM_FOLDERS) {
      jars.addAll(jarsIn(quarkusApp.resolve(folder)));
    }
    return new JavaProgram(
        label, jars, "io.quarkus.runner.GeneratedMain", LOGGING, heapMib, metaspaceMib, optimised);
  }

  /** The launcher itself, as a child of the demo. */
  public static JavaProgram launcher(Path launcherJar) {
    return new JavaProgram("launcher", List.of(launcherJar), LAUNCHER, List.of(), 256, 128, false);
  }

  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** {@code transformed-bytecode.jar} before {@code generated-bytecode.jar}, others by name. */
  private static List<Path> jarsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      return Stream.concat(
              jars.stream().filter(JavaProgram::isTransformed),
              jars.stream().filter(jar -> !isTransformed(jar)))
          .toList();
    }
  }

  private static boolean isTransformed(Path jar) {
    return jar.endsWith("transformed-bytecode.jar");
  }
}
