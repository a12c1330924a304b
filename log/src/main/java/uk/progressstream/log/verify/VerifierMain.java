package uk.progressstream.log.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * The verifier as a command. Exit code 0: everything holds; 1: something does not; 2: it could not
 * be checked.
 */
public final class VerifierMain {
  private static final String USAGE =
      """
      --key <vkey>           the log's verifier key (or @file)
      --url <prefix>         the log, such as https://host/audit/v1: checks the whole tree
      --checkpoint <file>    a checkpoint that was kept earlier; may be given several times
      --proof <file>         checks one proof; needs no --url
      --ca <file>            PEM of the certificate authority to trust for --url
      """;

  private VerifierMain() {}

  /** See the usage that it prints. */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... words) {
    try {
      check(Arguments.of(words)).forEach(out::println);
      return 0;
    } catch (NotVerifiedException e) {
      err.println("NOT VERIFIED: " + e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return 2;
    } catch (IOException e) {
      err.println("could not check: " + e.getMessage());
      return 2;
    }
  }

  private static List<String> check(Arguments arguments) throws IOException {
    List<String> results = new ArrayList<>();
    VerifierKey key = key(arguments.required("--key"));
    for (String file : arguments.all("--proof")) {
      Checkpoint signed = new Verifier(key, path -> new byte[0]).proof(read(file));
      results.add("proof verified: leaf of the signed tree of " + signed.size() + " leaves");
    }
    if (arguments.one("--url").isPresent()) {
      TileSource source = new HttpTileSource(client(arguments), arguments.required("--url"));
      String note = new String(source.fetch("checkpoint"), StandardCharsets.UTF_8);
      List<String> earlier = new ArrayList<>();
      for (String file : arguments.all("--checkpoint")) {
        earlier.add(read(file));
      }
      Checkpoint signed = new Verifier(key, source).wholeTree(note, earlier);
      results.add("log verified: " + signed.size() + " leaves, root " + signed.root().base64());
    }
    if (results.isEmpty()) {
      throw new IllegalArgumentException("--url or --proof is missing");
    }
    return results;
  }

  private static VerifierKey key(String argument) throws IOException {
    return VerifierKey.of(argument.startsWith("@") ? read(argument.substring(1)) : argument);
  }

  private static HttpClient client(Arguments arguments) throws IOException {
    HttpClient.Builder client = HttpClient.newBuilder();
    if (arguments.one("--ca").isPresent()) {
      client.sslContext(TrustedAuthority.of(Path.of(arguments.required("--ca"))));
    }
    return client.build();
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file), StandardCharsets.UTF_8);
  }
}
