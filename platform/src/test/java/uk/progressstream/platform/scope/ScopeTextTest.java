package uk.progressstream.platform.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ScopeTextTest {

  @Property
  void whatIsWrittenIsReadBack(@ForAll("scopes") Scope scope) {
    String text = ScopeText.write(scope);

    assertThat(ScopeText.read(text)).isEqualTo(scope);
  }

  @Property
  void oneScopeHasOneText(@ForAll("scopes") Scope scope) {
    Scope sameInAnotherOrder =
        new Scope(
            scope.tokenId(),
            scope.account(),
            scope.expiresAt(),
            scope.lease(),
            scope.purpose(),
            new HashSet<>(scope.permissions()),
            scope.kind(),
            new HashSet<>(scope.schools()),
            new HashSet<>(scope.classes()));

    assertThat(ScopeText.write(sameInAnotherOrder)).isEqualTo(ScopeText.write(scope));
  }

  @Property
  void aChangedCharacterIsRefusedOrAnotherScope(
      @ForAll("scopes") Scope scope,
      @ForAll @IntRange(max = 10_000) int position,
      @ForAll char replacement) {
    String text = ScopeText.write(scope);
    int at = position % text.length();
    String changed = text.substring(0, at) + replacement + text.substring(at + 1);

    try {
      assertThat(ScopeText.read(changed).equals(scope)).isEqualTo(changed.equals(text));
    } catch (IllegalArgumentException refused) {
      assertThat(changed).isNotEqualTo(text);
    }
  }

  @Test
  void aPermissionCannotSmuggleAField() {
    Scope scope = scope(Set.of("grades:read|school"));

    assertThatThrownBy(() -> ScopeText.write(scope)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aPermissionIsTwoWordsOfLettersAndHyphens(
      @ForAll
          @CharRange(from = '`', to = '{')
          @Chars({':', '-', '|', ',', 'A', '\u00e9', '\n', '0'})
          @StringLength(max = 6)
          String permission) {
    Scope scope = scope(Set.of(permission));

    if (permission.matches("[a-z][a-z-]*:[a-z][a-z-]*")) {
      assertThat(ScopeText.read(ScopeText.write(scope))).isEqualTo(scope);
    } else {
      assertThatThrownBy(() -> ScopeText.write(scope)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void cellsMustFitTheKind() {
    assertThatThrownBy(
            () ->
                new Scope(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    Instant.EPOCH,
                    Optional.empty(),
                    "teaching",
                    Set.of(),
                    ScopeKind.CLASS,
                    Set.of(UUID.randomUUID()),
                    Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Scope scope(Set<String> permissions) {
    return new Scope(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.EPOCH,
        Optional.empty(),
        "teaching",
        permissions,
        ScopeKind.NONE,
        Set.of(),
        Set.of());
  }

  @Provide
  static Arbitrary<Scope> scopes() {
    Arbitrary<UUID> uuid = Arbitraries.create(UUID::randomUUID);
    Arbitrary<Instant> expiry =
        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
    Arbitrary<Set<String>> permissions =
        Arbitraries.of("grades:read", "grades:export", "audit:read", "sensitive:read").set();
    return Combinators.combine(
            uuid, expiry, uuid.optional(), permissions, Arbitraries.of(ScopeKind.class), cells())
        .as(ScopeTextTest::of);
  }

  private static Arbitrary<Set<ClassCell>> cells() {
    return Arbitraries.create(() -> new ClassCell(UUID.randomUUID(), UUID.randomUUID()))
        .set()
        .ofMaxSize(20);
  }

  private static Scope of(
      UUID id,
      Instant expiry,
      Optional<UUID> lease,
      Set<String> permissions,
      ScopeKind kind,
      Set<ClassCell> cells) {
    Set<UUID> schools = new HashSet<>();
    cells.forEach(cell -> schools.add(cell.school()));
    return new Scope(
        id,
        UUID.randomUUID(),
        expiry,
        lease,
        "teaching",
        permissions,
        kind,
        kind == ScopeKind.SCHOOL ? schools : Set.of(),
        kind == ScopeKind.CLASS ? cells : Set.of());
  }
}
