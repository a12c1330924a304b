package uk.progressstream.log.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.note.Cosigner;
import uk.progressstream.log.note.NoteSigner;
import uk.progressstream.log.note.SignedNote;
import uk.progressstream.log.tree.NotVerifiedException;

class WitnessPolicyTest {
  private static final String TEXT = "log.example/a\n2\nAAAA\n";
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final NoteSigner LOG = NoteSigner.of("log.example/a", new byte[32]);
  private static final List<Cosigner> WITNESSES =
      IntStream.rangeClosed(1, 5).mapToObj(WitnessPolicyTest::witness).toList();
  private static final String FIVE =
      IntStream.rangeClosed(1, 5)
          .mapToObj(i -> "witness w" + i + " " + WITNESSES.get(i - 1).key().text() + "\n")
          .collect(Collectors.joining());

  @ParameterizedTest(name = "{0} cosigned: {1}")
  @CsvSource({
    "12, false",
    "14, false",
    "124, true",
    "135, true",
    "45, false",
    "12345, true",
    "'', false",
    "123, false"
  })
  @DisplayName("two of one house and any of another")
  void groupsInGroups(String who, boolean enough) {
    WitnessPolicy policy =
        WitnessPolicy.of(
            "# a comment\n\tlog "
                + LOG.verifierKey().text()
                + " https://log.example/\n\n"
                + FIVE
                + "group x 2 w1 w2 w3\n"
                + "group  y\tany w4 w5 \n"
                + "group both all x y\nquorum both");

    assertThat(policy.cosigned(note(who))).isEqualTo(enough);
    assertThat(policy.logs()).containsExactly(LOG.verifierKey());
    assertThat(policy.demandsWitnesses()).isTrue();
  }

  @Test
  @DisplayName("a single witness, and none")
  void simpleQuorums() {
    WitnessPolicy one = WitnessPolicy.of(FIVE + "quorum w2\n");
    WitnessPolicy none = WitnessPolicy.of(FIVE + "quorum none\n");

    assertThat(one.cosigned(note("2"))).isTrue();
    assertThat(one.cosigned(note("1345"))).isFalse();
    assertThat(none.cosigned(note(""))).isTrue();
    assertThat(none.demandsWitnesses()).isFalse();
    assertThat(one.times(note("24"))).containsOnlyKeys("w2", "w4").containsValue(NOW);
  }

  @Test
  @DisplayName("where to ask is part of the policy, for those that have it")
  void urls() {
    WitnessPolicy policy =
        WitnessPolicy.of(
            "witness a " + WITNESSES.get(0).key().text() + " https://w.example/x\nquorum a\n");

    assertThat(policy.witnesses())
        .singleElement()
        .satisfies(each -> assertThat(each.url().orElseThrow()).hasHost("w.example"));
  }

  @Test
  @DisplayName("a wrong cosignature by one of them is an error, not just one too few")
  void wrongCosignature() {
    String forged = LOG.sign(TEXT) + WITNESSES.get(0).line("log.example/a\n3\nAAAA\n", NOW);

    assertThatThrownBy(() -> WitnessPolicy.of(FIVE + "quorum w2\n").cosigned(SignedNote.of(forged)))
        .isInstanceOf(NotVerifiedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "quorum w1\n",
        "W1 quorum none\nquorum w9\n",
        "W1 W1 quorum w1\n",
        "W1 TWIN quorum w1\n",
        "W1 quorum w1\nquorum w1\n",
        "group g any w1\nW1 quorum g\n",
        "W1 group g 2 w1\nquorum g\n",
        "W1 group g 0 w1\nquorum g\n",
        "W1 group g\nquorum w1\n",
        "W1 group none any w1\nquorum none\n",
        "W1 group g any none\nquorum g\n",
        "W1 group w1 any w1\nquorum w1\n",
        "W1 group g any w1\ngroup h any w1\nquorum h\n",
        "W1 group g all w1 w1\nquorum g\n",
        "LOG LOG quorum none\n",
        "witness a LOGKEY\nquorum a\n",
        "log W1KEY\nquorum none\n",
        "witness a W1KEY ftp://a/\nquorum a\n",
        "witness a W1KEY nowhere\nquorum a\n",
        "observer a W1KEY\nquorum none\n"
      })
  @DisplayName("what is no policy is refused")
  void malformed(String template) {
    String file =
        template
            .replace("TWIN ", "witness twin W1KEY\n")
            .replace("W1 ", "witness w1 W1KEY\n")
            .replace("LOG ", "log LOGKEY\n")
            .replace("W1KEY", WITNESSES.get(0).key().text())
            .replace("LOGKEY", LOG.verifierKey().text());

    assertThatThrownBy(() -> WitnessPolicy.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("policy");
  }

  private static SignedNote note(String who) {
    return SignedNote.of(
        Stream.concat(
                Stream.of(LOG.sign(TEXT)),
                who.chars().mapToObj(digit -> WITNESSES.get(digit - '1').line(TEXT, NOW)))
            .collect(Collectors.joining()));
  }

  private static Cosigner witness(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return Cosigner.of("witness.example/w" + number, seed);
  }
}
