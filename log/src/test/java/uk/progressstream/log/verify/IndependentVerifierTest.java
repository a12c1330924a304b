package uk.progressstream.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class IndependentVerifierTest {
  private static final int SIZE = 70_000;

  @TempDir Path scratch;

  @BeforeEach
  void needsGo() {
    if (!GoVerifier.isThere()) {
      System.err.println(GoVerifier.MISSING);
      abort(GoVerifier.MISSING);
    }
  }

  @Test
  @DisplayName(
      "Go's sumdb verifies our checkpoint, tiles, entries and proofs, and refuses a flipped bit")
  void goAcceptsOurLogAndRefusesASpoiltOne() throws Exception {
    MemoryLog log = MemoryLog.ofSize(SIZE);
    Path folder = scratch.resolve("log");
    log.save(folder);
    List<Path> proofs = new ArrayList<>();
    for (int index : new int[] {0, 255, 256, 65_535, 65_536, SIZE - 1}) {
      Path file = scratch.resolve(index + ".tlog-proof");
      proofs.add(Files.writeString(file, log.proof(index).text()));
    }
    String key = MemoryLog.SIGNER.verifierKey().text();

    assertThat(GoVerifier.run(scratch, folder, key, proofs))
        .isEqualTo(new GoVerifier.Result(0, "verified 70000 leaves, 6 proofs\n"));

    Path tile = folder.resolve("tile/0/007");
    byte[] spoilt = Files.readAllBytes(tile);
    spoilt[5000] ^= 1;
    Files.write(tile, spoilt);
    assertThat(GoVerifier.run(scratch, folder, key, proofs).exitCode()).isEqualTo(1);
  }
}
