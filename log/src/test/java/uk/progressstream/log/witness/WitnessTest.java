package uk.progressstream.log.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.Hash;
import uk.progressstream.log.tree.TestTrees;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D14")
class WitnessTest {
  private static final String ORIGIN = "log.example/a";
  private static final NoteSigner LOG = NoteSigner.of(ORIGIN, new byte[32]);
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Cosigner COSIGNER = cosigner();

  @TempDir Path state;

  private Witness witness;

  @BeforeEach
  void begin() throws IOException {
    witness = witness(state);
  }

  @Test
  @DisplayName("a tree that continues what it saw is cosigned, at once and after a restart")
  void follows() throws IOException {
    assertThat(add(0, 5)).isEqualTo(200);
    assertThat(add(5, 300)).isEqualTo(200);
    assertThat(add(300, 300)).as("once more").isEqualTo(200);
    witness = witness(state);
    assertThat(add(300, 1_000)).isEqualTo(200);

    Witness.Answer answer = witness.add(request(1_000, 1_024).text());
    String note = checkpoint(1_024) + answer.body();
    assertThat(SignedNote.of(note).cosignedBy(COSIGNER.key())).contains(NOW);
  }

  @Test
  @DisplayName("who begins elsewhere is told where it stands")
  void conflict() throws IOException {
    assertThat(add(0, 300)).isEqualTo(200);

    for (long old : new long[] {0, 299}) {
      Witness.Answer answer = witness.add(request(old, 400).text());
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.type()).isEqualTo("text/x.tlog.size");
      assertThat(answer.body()).isEqualTo("300\n");
    }
  }

  @Test
  @DisplayName("another tree of the same size, one that does not continue, one set back: refused")
  void forks() throws IOException {
    assertThat(add(0, 300)).isEqualTo(200);
    Checkpoint forked = new Checkpoint(ORIGIN, 300, Hash.ofEntry(new byte[] {1}));
    Checkpoint rewritten = new Checkpoint(ORIGIN, 400, Hash.ofEntry(new byte[] {1}));
    List<Hash> proof = TestTrees.consistency(300, 400);

    assertThat(status(300, List.of(), forked.signedBy(LOG))).isEqualTo(409);
    assertThat(status(300, proof, rewritten.signedBy(LOG))).isEqualTo(422);
    assertThat(status(300, proof.subList(1, proof.size()), checkpoint(400))).isEqualTo(422);
    assertThat(status(300, List.of(), checkpoint(299))).isEqualTo(400);
    assertThat(status(299, TestTrees.consistency(299, 299), checkpoint(299))).isEqualTo(409);
    assertThat(add(300, 400)).as("goes on where it was").isEqualTo(200);
  }

  @Test
  @DisplayName("an unknown log, a wrong signature and what is no request: refused as specified")
  void strangers() throws IOException {
    NoteSigner stranger = NoteSigner.of("log.example/other", new byte[32]);
    byte[] seed = new byte[32];
    seed[0] = 1;
    NoteSigner forger = NoteSigner.of(ORIGIN, seed);
    Checkpoint tree = new Checkpoint(ORIGIN, 5, TestTrees.root(5));

    assertThat(
            status(
                0,
                List.of(),
                new Checkpoint("log.example/other", 5, tree.root()).signedBy(stranger)))
        .isEqualTo(404);
    assertThat(status(0, List.of(), tree.signedBy(forger))).isEqualTo(403);
    for (String body :
        List.of(
            "",
            "old 0\n",
            "old 00\n\n" + checkpoint(5),
            "old -1\n\n" + checkpoint(5),
            "new 0\n\n" + checkpoint(5),
            "old 0\nnonsense\n\n" + checkpoint(5),
            "old 0\n\nnonsense",
            "old 0\n" + "AAAA\n".repeat(64) + "\n" + checkpoint(5),
            "old 9999999999999999999\n\n" + checkpoint(5))) {
      assertThat(witness.add(body).status()).as(body).isEqualTo(400);
    }
    assertThat(state).isEmptyDirectory();
  }

  @Test
  @DisplayName("a lost or damaged state stops it, rather than beginning anew")
  void lostState() throws IOException {
    assertThat(add(0, 300)).isEqualTo(200);
    try (Stream<Path> files = Files.list(state)) {
      Files.writeString(files.findFirst().orElseThrow(), "log.example/a\n");
    }

    assertThatThrownBy(() -> add(0, 5)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> witness(state.resolve("gone"))).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("of many requests at once each tree is cosigned from where the last one ended")
  void race() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int size = 1; size <= 64; size++) {
      int to = size;
      requests.add(() -> add(0, to));
    }
    Collections.shuffle(requests);
    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> each : threads.invokeAll(requests)) {
      answers.add(each.get());
    }
    threads.shutdownNow();

    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
  }

  @Property(tries = 200)
  @Label("whatever is asked in whatever order: what it cosigned is one growing tree")
  void neverBack(@ForAll @Size(max = 30) List<@IntRange(min = 0, max = 40) Integer> sizes)
      throws IOException {
    Path folder = Files.createTempDirectory("witness");
    witness = witness(folder);
    long last = 0;
    for (int i = 0; i + 1 < sizes.size(); i += 2) {
      int old = sizes.get(i);
      int size = sizes.get(i + 1);
      int status = old <= size ? add(old, size) : status(old, List.of(), checkpoint(size));
      assertThat(status).isEqualTo(old > size ? 400 : old == last ? 200 : 409);
      last = status == 200 ? size : last;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private int add(long old, long size) throws IOException {
    return witness.add(request(old, size).text()).status();
  }

  private int status(long old, List<Hash> proof, String checkpoint) throws IOException {
    return witness.add(new AddCheckpoint(old, proof, checkpoint).text()).status();
  }

  private static AddCheckpoint request(long old, long size) {
    AddCheckpoint request =
        new AddCheckpoint(old, TestTrees.consistency(old, size), checkpoint(size));
    assertThat(AddCheckpoint.of(request.text())).isEqualTo(request);
    return request;
  }

  private static String checkpoint(long size) {
    return new Checkpoint(ORIGIN, size, TestTrees.root(size)).signedBy(LOG);
  }

  private static Witness witness(Path folder) throws IOException {
    return new Witness(
        COSIGNER,
        List.of(LOG.verifierKey()),
        new WitnessState(folder),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Cosigner cosigner() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) 9);
    return Cosigner.of("witness.example/w1", seed);
  }
}
