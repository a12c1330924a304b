package uk.progressstream.log.verify;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.LogProof;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.tree.NotVerifiedException;
import uk.progressstream.log.witness.WitnessPolicy;

/** One run of the verifier: what was asked, in the order in which it is cheapest to fail. */
public final class Verification {
  /** Everything holds. */
  public static final int HOLDS = 0;

  /** Something does not hold. */
  public static final int NOT_VERIFIED = 1;

  /** It could not be checked. */
  public static final int NOT_CHECKED = 2;

  private final VerifyOptions options;
  private final VerifierKey key;
  private final Optional<WitnessPolicy> policy;
  private final List<String> results = new ArrayList<>();

  private Verification(VerifyOptions options) throws IOException {
    this.options = options;
    this.policy =
        options.policy == null
            ? Optional.empty()
            : Optional.of(WitnessPolicy.of(Files.readString(options.policy)));
    this.key = key(options.key, policy);
  }

  /**
   * Runs.
   *
   * @return exit code
   */
  public static int run(VerifyOptions options, PrintWriter out, PrintWriter err) {
    try {
      Verification run = new Verification(options);
      run.check();
      run.results.forEach(out::println);
      out.flush();
      return HOLDS;
    } catch (NotVerifiedException e) {
      err.println("NOT VERIFIED: " + e.getMessage());
      return NOT_VERIFIED;
    } catch (IllegalArgumentException e) {
      err.println("could not check: " + e.getMessage());
      return NOT_CHECKED;
    } catch (IOException e) {
      err.println("could not check: " + reason(e));
      return NOT_CHECKED;
    }
  }

  private void check() throws IOException {
    for (Path file : options.proofs) {
      String proof = Files.readString(file);
      Checkpoint signed = new Verifier(key, path -> new byte[0]).proof(proof);
      results.add("proof verified: leaf of the signed tree of " + signed.size() + " leaves");
      requireWitnesses(LogProof.of(proof).checkpoint());
    }
    if (options.url != null) {
      checkLog(new HttpTileSource(client(), options.url));
    } else if (!options.records.isEmpty()
        || options.kept != null
        || !options.checkpoints.isEmpty()) {
      throw new IllegalArgumentException("--url is missing");
    } else if (options.proofs.isEmpty()) {
      throw new IllegalArgumentException("--url or --proof is missing");
    }
  }

  private void checkLog(HttpTileSource source) throws IOException {
    SchoolRecords records = new SchoolRecords();
    List<String> receipts = new ArrayList<>(options.receipts);
    boolean any = readRecords(source, records, receipts);
    Map<String, Long> last = records.complete();
    // After the records, so that none of them can be newer than the tree.
    String note = new String(source.fetch("checkpoint"), StandardCharsets.UTF_8);
    Optional<KeptResult> kept =
        options.kept == null ? Optional.empty() : KeptResult.read(options.kept);
    List<String> earlier = earlier(kept);
    Optional<String> witnessed = witnessed(source);
    witnessed.ifPresent(earlier::add);
    Checkpoint signed = new Verifier(key, source).wholeTree(note, earlier, records.entries());
    results.add("log verified: " + signed.size() + " leaves, root " + signed.root().base64());
    if (earlier.size() > witnessed.stream().count()) {
      results.add(
          "checkpoints verified: the tree passed through "
              + (earlier.size() - witnessed.stream().count())
              + " kept before");
    }
    if (witnessed.isPresent()) {
      requireWitnesses(witnessed.get());
    }
    if (any) {
      checkNothingGone(records, receipts, kept, last);
    }
    if (options.kept != null) {
      KeptResult now = new KeptResult(note, last);
      kept.map(now::after).orElse(now).write(options.kept);
    }
  }

  /** The newest tree that enough witnesses saw, if any have to: the log may be a little ahead. */
  private Optional<String> witnessed(HttpTileSource source) throws IOException {
    if (policy.filter(WitnessPolicy::demandsWitnesses).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(source.fetch("checkpoint/witnessed"), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      throw new NotVerifiedException("the log has no checkpoint that enough witnesses cosigned");
    }
  }

  private void requireWitnesses(String checkpoint) {
    if (policy.filter(WitnessPolicy::demandsWitnesses).isEmpty()) {
      return;
    }
    SignedNote note = SignedNote.of(checkpoint);
    if (!policy.get().cosigned(note)) {
      throw new NotVerifiedException("too few witnesses cosigned the checkpoint");
    }
    Map<String, Instant> times = policy.get().times(note);
    results.add(
        "witnesses verified: tree of %d leaves, cosigned by %s"
            .formatted(
                Checkpoint.verified(checkpoint, key).size(),
                times.entrySet().stream()
                    .map(each -> each.getKey() + " at " + each.getValue())
                    .collect(Collectors.joining(", "))));
  }

  private void checkNothingGone(
      SchoolRecords records,
      List<String> receipts,
      Optional<KeptResult> kept,
      Map<String, Long> last) {
    for (String receipt : receipts) {
      if (!records.has(receipt)) {
        throw new NotVerifiedException("record " + receipt + " was promised and is not there");
      }
    }
    if (records.count() == 0) {
      throw new NotVerifiedException("the download is empty: it should hold the record of itself");
    }
    kept.ifPresent(before -> before.requireIn(last));
    results.add(
        "records verified: %d, of which %d erased; none missing"
            .formatted(records.count(), records.erasedCount()));
    new TreeMap<>(last)
        .forEach((sequence, number) -> results.add("  %s: 1 to %d".formatted(sequence, number)));
  }

  private boolean readRecords(HttpTileSource source, SchoolRecords records, List<String> receipts)
      throws IOException {
    for (Path file : options.records) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        records.read(lines);
      }
    }
    String token = token();
    if (token != null) {
      receipts.addAll(source.download("records/export", token, records::read));
    }
    if (token == null && options.records.isEmpty() && !receipts.isEmpty()) {
      throw new IllegalArgumentException("--receipt needs --records or --token-file");
    }
    return token != null || !options.records.isEmpty();
  }

  private List<String> earlier(Optional<KeptResult> kept) throws IOException {
    List<String> notes = new ArrayList<>();
    for (Path file : options.checkpoints) {
      notes.add(Files.readString(file));
    }
    kept.ifPresent(result -> notes.add(result.checkpoint()));
    return notes.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
  }

  private @Nullable String token() throws IOException {
    return options.tokenFile == null
        ? options.token()
        : Files.readString(options.tokenFile).strip();
  }

  private HttpClient client() throws IOException {
    HttpClient.Builder client = HttpClient.newBuilder();
    if (options.ca != null) {
      client.sslContext(TrustedAuthority.of(options.ca));
    }
    return client.build();
  }

  private static VerifierKey key(@Nullable String argument, Optional<WitnessPolicy> policy)
      throws IOException {
    if (argument == null && policy.map(WitnessPolicy::logs).orElse(List.of()).size() == 1) {
      return policy.get().logs().get(0);
    }
    if (argument == null) {
      throw new IllegalArgumentException("--key is missing");
    }
    String text =
        argument.startsWith("@") ? Files.readString(Path.of(argument.substring(1))) : argument;
    try {
      return VerifierKey.of(text);
    } catch (NotVerifiedException e) {
      // What the caller typed says nothing about the log.
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? e.getMessage() + ": no such file"
        : String.valueOf(e.getMessage());
  }
}
