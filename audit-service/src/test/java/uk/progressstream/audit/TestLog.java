package uk.progressstream.audit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import uk.progressstream.log.note.KeyFiles;

/** The name and the key of the log under test. */
public class TestLog implements QuarkusTestResourceLifecycleManager {
  /** Name of the log under test. */
  public static final String ORIGIN = "log.test/audit";

  @Override
  public Map<String, String> start() {
    try {
      Path key = Files.createTempDirectory("log").resolve("log.key");
      KeyFiles.create(key);
      key.toFile().deleteOnExit();
      Path policy = key.resolveSibling("policy");
      Files.writeString(policy, "quorum none\n");
      policy.toFile().deleteOnExit();
      return Map.of(
          "ps.audit.origin",
          ORIGIN,
          "ps.audit.signing-key",
          key.toString(),
          "ps.audit.witness.policy",
          policy.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}
}
