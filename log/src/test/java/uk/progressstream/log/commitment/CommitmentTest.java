package uk.progressstream.log.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.log.tree.NotVerifiedException;

class CommitmentTest {
  private static final byte[] SALT =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  @Test
  @DisplayName("an entry is HMAC-SHA-256 as another implementation computes it")
  void knownAnswer() {
    assertThat(HexFormat.of().formatHex(Commitment.of(SALT, "{\"a\":1}").entry()))
        .isEqualTo("b4cebde30982443ec36c18fa99ad10a70e705bba779f57c37e84decb64ae50fb");
  }

  @Test
  @DisplayName("the same record twice gives entries that have nothing in common")
  void everyCommitmentHasItsOwnSalt() {
    Commitment first = Commitment.to("{}");
    Commitment second = Commitment.to("{}");

    assertThat(first.salt()).hasSize(32).isNotEqualTo(second.salt());
    assertThat(first.entry()).hasSize(32).isNotEqualTo(second.entry());
    assertThat(first.toString()).isEqualTo("Commitment");
  }

  @Test
  @DisplayName("the example of RFC 8785, section 3.2.2, comes out as the RFC has it")
  void canonicalJson() {
    String json =
        """
        {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
         "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
         "literals": [null, true, false]}
        """;

    assertThat(CanonicalJson.of(json))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void aDisclosureGivesTheEntryHoweverItIsSpelt() {
    Disclosure disclosure = new Disclosure(SALT, "{\"a\":1,\"b\":\"x\"}");
    String other =
        " {\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\", \"record\": "
            + "{\"b\":\"x\" , \"a\": 1.0}}";

    assertThat(Disclosure.of(disclosure.bytes()).entry()).isEqualTo(disclosure.entry());
    assertThat(Disclosure.of(bytes(other)).entry()).isEqualTo(disclosure.entry());
    assertThat(disclosure.toString()).isEqualTo("Disclosure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"record\":{}}",
        "{\"record\":{},\"salt\":\"AAAA\"}",
        "{\"record\":{},\"salt\":\"!\"}",
        "{\"record\":[],\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}",
        "{\"record\":{\"a\":1,\"a\":2},\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}"
      })
  void whatIsNoDisclosureIsRefused(String json) {
    assertThatThrownBy(() -> Disclosure.of(bytes(json))).isInstanceOf(NotVerifiedException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
