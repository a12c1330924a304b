package uk.progressstream.local.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How Java processes of ours are started. Heap, metaspace and the rest are set on purpose: seven
 * services together hold less than 1.5 GiB.
 *
 * @param root top folder of the checkout
 * @param prepare whether they make start archives, instead of using them
 */
public record JavaCommand(Path root, boolean prepare) {
  /** Buffers of connections. */
  private static final int DIRECT_MIB_MIN = 64;

  private static final String DATA = "-Dprogress-stream.data=";

  /** From this Java on, the pools' threads say with a stack trace that they cannot be reset. */
  private static final int CLOSED_SINCE = 24;

  private static final String HOME = "-Dprogress-stream.home=";

  /**
   * Vert.x keeps a key that it read from a PEM file in a PKCS #12 store in memory, under a password
   * that everybody knows. Ten thousand rounds of PBKDF2 protect nothing there, and took a second of
   * each service's start. Nothing writes such a store to a file.
   */
  private static final String KEYS_IN_MEMORY = "-Dkeystore.pkcs12.keyPbeIterationCount=1";

  /**
   * The command line, without the program's own arguments.
   *
   * @param data directory of the installation; tells a later launcher whose child this was
   */
  public List<String> of(JavaProgram program, Path data) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Xmx" + program.heapMib() + "m");
    addNursery(command, program);
    command.add("-XX:MaxMetaspaceSize=" + program.metaspaceMib() + "m");
    command.add("-XX:MaxDirectMemorySize=" + Math.max(DIRECT_MIB_MIN, program.heapMib() / 2) + "m");
    command.add("-XX:ReservedCodeCacheSize=48m");
    command.add("-Xss512k");
    command.add("-XX:+UseSerialGC");
    if (!program.optimised()) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.addAll(archive(program));
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add(KEYS_IN_MEMORY);
    if (Runtime.version().feature() >= CLOSED_SINCE) {
      command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
    command.addAll(program.properties());
    command.add(DATA + data);
    command.add(HOME + root);
    if (prepare) {
      command.add("-Dprogress-stream.prepare=true");
    }
    command.add("-cp");
    command.add(program.classPath());
    command.add(program.mainClass());
    return command;
  }

  /**
   * What is young gets its space from the beginning: a nursery that grows with need is collected
   * ten times a second. Who answers every request gets half of its heap for it, and the whole heap
   * at once, since a heap grows by a full collection, for which all requests wait.
   */
  private static void addNursery(List<String> command, JavaProgram program) {
    int heap = program.heapMib();
    command.add("-Xmn" + (program.optimised() ? heap / 2 : heap / 3) + "m");
    command.add("-Xms" + (program.optimised() ? heap : heap / 3 + 16) + "m");
  }

  /** Whether a command line is that of a program that works on this data. */
  public static boolean isOn(Path data, String commandLine) {
    return commandLine.contains(" " + DATA + data + " " + HOME);
  }

  /** The Java that runs now. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private List<String> archive(JavaProgram program) throws IOException {
    StartArchive archive = StartArchive.of(root, program.label());
    if (prepare) {
      return archive.make();
    }
    return archive.isFresh(program.jars()) ? archive.use() : List.of("-Xshare:auto");
  }
}
