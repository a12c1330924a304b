package uk.progressstream.sensitive.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCodesTest {
  private final FieldCodes codes = FieldCodes.load();

  @ParameterizedTest
  @CsvSource({
    "K, NSA, true",
    "E, NSA, false",
    "N, '', true",
    "'', '', true",
    "N, SLCN, false",
    "'', SLCN, false",
    "E, SLCN ASD, true",
    "K, SLCN SLCN, false",
    "K, XXXX, false",
    "X, '', false",
    "k, '', false"
  })
  void theRulesOfSpecialNeedsHold(String provision, String types, boolean good) {
    List<String> list = types.isEmpty() ? List.of() : List.of(types.split(" ", -1));

    assertThat(codes.firstFault(sen(provision, list)).isEmpty()).isEqualTo(good);
  }

  @Test
  void theFirstFaultIsNamedByItsField() {
    SensitiveFields bad = new SensitiveFields("N", List.of(), "N", "?", "?", "", "", "", "");

    assertThat(codes.firstFault(bad)).contains("fsm");
  }

  @Property
  void everyRecordOfCodesIsStoredAndReadBackAndIsEquallyLong(
      @ForAll("records") SensitiveFields fields) {
    assertThat(codes.firstFault(fields)).isEmpty();
    assertThat(fields.canonical()).hasSize(SensitiveFields.BYTES);
    assertThat(SensitiveFields.of(fields.canonical())).isEqualTo(fields);
  }

  @Property
  void whatIsNotSaidChangesNothingAndWhatIsMergedIsInOrder(
      @ForAll("records") SensitiveFields earlier, @ForAll("records") SensitiveFields later) {
    assertThat(SensitiveFields.UNSAID.over(earlier)).isEqualTo(earlier);
    assertThat(later.over(SensitiveFields.UNSAID)).isEqualTo(later);
    assertThat(later.over(later)).isEqualTo(later);
    assertThat(later.over(earlier).over(earlier)).isEqualTo(later.over(earlier));
    assertThat(codes.firstFault(later.over(earlier))).isEmpty();
  }

  @Test
  void aNewProvisionEndsTheTypesOfTheOldOne() {
    SensitiveFields earlier = sen("K", List.of("NSA"));

    assertThat(sen("E", List.of()).over(earlier)).isEqualTo(sen("E", List.of()));
    assertThat(sen("N", List.of()).over(earlier)).isEqualTo(sen("N", List.of()));
    assertThat(sen("K", List.of()).over(earlier)).isEqualTo(earlier);
    assertThat(sen("K", List.of("ASD")).over(earlier)).isEqualTo(sen("K", List.of("ASD")));
  }

  @Property
  void noOtherTextPassesForACode(@ForAll String text) {
    SensitiveFields fields = new SensitiveFields("", List.of(), "", "", "", "", "", "", text);
    boolean code = text.isEmpty() || codes.of("ethnicity").contains(text);

    assertThat(codes.firstFault(fields).isEmpty()).isEqualTo(code);
  }

  @Property
  void neverPrinted(@ForAll("records") SensitiveFields fields) {
    assertThat(fields).hasToString("SensitiveFields[hidden]");
  }

  @Provide
  Arbitrary<SensitiveFields> records() {
    Arbitrary<List<String>> types =
        Arbitraries.of(codes.of("senTypes")).list().uniqueElements().ofMaxSize(14);
    Arbitrary<String> yesNo = code("fsm");
    return Combinators.combine(
            types,
            code("senProvision"),
            code("pupilPremium"),
            yesNo,
            code("eal"),
            yesNo,
            code("serviceChild"),
            code("ethnicity"))
        .as(
            (sen, provision, premium, fsm, eal, lookedAfter, service, ethnicity) ->
                new SensitiveFields(
                    sen.isEmpty() ? provision : "K",
                    sen,
                    premium,
                    fsm,
                    fsm,
                    eal,
                    lookedAfter,
                    service,
                    ethnicity));
  }

  private Arbitrary<String> code(String field) {
    return Arbitraries.oneOf(Arbitraries.just(""), Arbitraries.of(codes.of(field)));
  }

  private static SensitiveFields sen(String provision, List<String> types) {
    return new SensitiveFields(provision, types, "", "", "", "", "", "", "");
  }
}
