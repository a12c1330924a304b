package uk.progressstream.log.verify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.KeyFiles;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.witness.Witness;
import uk.progressstream.log.witness.WitnessServer;
import uk.progressstream.log.witness.WitnessState;

/** A witness that a school runs by itself. */
@Command(
    name = "witness",
    description = {
      "Serves a witness (C2SP tlog-witness): cosigns what continues all that it saw, and nothing else.",
      "Makes its key and its directory if neither is there. Runs until it is stopped."
    })
final class WitnessCommand implements Callable<Integer> {
  private static final String KEY_FILE = "witness.key";

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "the witness's name, such as witness.school.example/w1; for good")
  private String name = "";

  @Option(
      names = "--log",
      required = true,
      paramLabel = "VKEY",
      description = "verifier key of a log that it serves; may be given several times")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--state",
      required = true,
      paramLabel = "DIR",
      description = "its key and what it cosigned last; whoever loses it needs a new name and key")
  private @Nullable Path state;

  @Option(
      names = "--address",
      paramLabel = "HOST",
      description = "to listen on (default: ${DEFAULT-VALUE})")
  private String address = "localhost";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "to listen on (default: ${DEFAULT-VALUE})")
  private int port = 8088;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "shows this help")
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    try (WitnessServer server = start()) {
      line.getOut().println("listening on " + address + ":" + server.port());
      line.getOut().flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (IOException | IllegalArgumentException | NotVerifiedException e) {
      line.getErr().println("cannot witness: " + e.getMessage());
      return Verification.NOT_CHECKED;
    }
  }

  private WitnessServer start() throws IOException {
    Cosigner cosigner = cosigner(Objects.requireNonNull(state));
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    line.getOut().println("key " + cosigner.key().text());
    Witness witness =
        new Witness(
            cosigner,
            logs.stream().map(VerifierKey::of).toList(),
            new WitnessState(Objects.requireNonNull(state)),
            Clock.systemUTC());
    return WitnessServer.start(witness, new InetSocketAddress(address, port));
  }

  private Cosigner cosigner(Path directory) throws IOException {
    Path key = directory.resolve(KEY_FILE);
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      KeyFiles.create(key);
    }
    // A directory without its key is a witness that lost something: it must not begin anew.
    return KeyFiles.readCosigner(key, name);
  }
}
