package uk.progressstream.local.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Java process of ours is started. Heap, metaspace and the rest are set on purpose: seven
 * services together hold less than 1.5 GiB.
 */
public final class JavaCommand {
  private JavaCommand() {}

  /** A service. */
  public static List<String> service(Path jar, Path data) {
    List<String> command = base(data, 96, 144);
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  /** A main class of the launcher's jar. */
  public static List<String> ownClass(Path launcherJar, Path data, String mainClass) {
    List<String> command = base(data, 64, 64);
    command.add("-cp");
    command.add(launcherJar.toString());
    command.add(mainClass);
    return command;
  }

  private static List<String> base(Path data, int heapMib, int metaspaceMib) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMib + "m");
    command.add("-Xms16m");
    command.add("-XX:MaxMetaspaceSize=" + metaspaceMib + "m");
    command.add("-XX:MaxDirectMemorySize=64m");
    command.add("-XX:ReservedCodeCacheSize=48m");
    command.add("-Xss512k");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-UsePerfData");
    command.add("-Xshare:auto");
    command.add("-Djava.net.preferIPv4Stack=true");
    // Tells a later launcher whose child this was.
    command.add("-Dprogress-stream.data=" + data);
    return command;
  }
}
