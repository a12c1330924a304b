package uk.progressstream.log.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the verifier is asked, as options of a command line. */
public final class VerifyOptions {
  @Option(
      names = "--url",
      paramLabel = "PREFIX",
      description = "the log, such as https://host/audit/v1: checks the whole tree")
  @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description = "the log's verifier key, or @FILE that holds it")
  @Nullable String key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM of the certificate authority to trust for --url")
  @Nullable Path ca;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "a checkpoint that was kept earlier; may be given several times")
  List<Path> checkpoints = new ArrayList<>();

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "checks one proof; needs no --url; may be given several times")
  List<Path> proofs = new ArrayList<>();

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description =
          "a whole download of a school's records: none missing, each in the tree; may be given several times")
  List<Path> records = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "an access token, with which the school's records are downloaded and checked")
  @Nullable Path tokenFile;

  @Option(
      names = "--receipt",
      paramLabel = "ID",
      description =
          "a record that must be among the school's, from the Audit-Record of a download; may be given several times")
  List<String> receipts = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the witnesses that must have cosigned (C2SP tlog-policy); names the log's key where --key is missing")
  @Nullable Path policy;

  @Option(
      names = "--kept",
      paramLabel = "FILE",
      description = "result of the last run; compared, and replaced if everything holds")
  @Nullable Path kept;

  private @Nullable String token;

  /** Fills in what was not given, for a caller who knows where the log is. */
  public void orElse(String prefix, Path authority) {
    if (url == null) {
      url = prefix;
      ca = ca == null ? authority : ca;
    }
  }

  /** Downloads the records with this token. */
  public void token(String accessToken) {
    this.token = accessToken;
  }

  /** Whether a log was named. */
  public boolean hasUrl() {
    return url != null;
  }

  /** Whether a key was given, or a policy that may hold one. */
  public boolean hasKey() {
    return key != null || policy != null;
  }

  /** The verifier key, for a caller who has it from elsewhere. */
  public void key(String vkey) {
    this.key = vkey;
  }

  /** Whether there is nothing to check but proofs. */
  public boolean onlyProofs() {
    return url == null && !proofs.isEmpty() && records.isEmpty() && kept == null;
  }

  @Nullable String token() {
    return token;
  }
}
