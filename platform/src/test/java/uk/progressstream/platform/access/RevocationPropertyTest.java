package uk.progressstream.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeKind;
import uk.progressstream.platform.scope.TokenId;

/** Times in milliseconds, as identity's database tells them and as tokens' ids do. */
class RevocationPropertyTest {
  private static final long START = 1_800_000_000_000L;
  private static final UUID ACCOUNT = UUID.randomUUID();

  @Property
  void aTokenThatWasIssuedBeforeIsDead(
      @ForAll @LongRange(min = 0, max = 600_000) long issued,
      @ForAll @LongRange(min = 0, max = 600_000) long later) {
    Scope scope = issuedAt(Instant.ofEpochMilli(START + issued));

    assertThat(revoked(START + issued + later).hits(scope)).isTrue();
  }

  @Property
  void aTokenFromTheNextMillisecondOnLives(
      @ForAll @LongRange(min = 0, max = 600_000) long revoked,
      @ForAll @IntRange(min = 1, max = 600_000) int later) {
    Scope scope = issuedAt(Instant.ofEpochMilli(START + revoked + later));

    assertThat(revoked(START + revoked).hits(scope)).isFalse();
  }

  @Property
  void ofAnIdThatTellsNoTimeTheEarliestMomentCounts(
      @ForAll @LongRange(min = 0, max = 600_000) long issued) {
    Scope scope = with(UUID.randomUUID(), Instant.ofEpochMilli(START + issued));

    assertThat(revoked(START + issued).hits(scope)).isTrue();
  }

  @Property
  void anotherAccountOrAnotherTokenIsNotConcerned(
      @ForAll @LongRange(min = 0, max = 600_000) long issued) {
    Scope scope = issuedAt(Instant.ofEpochMilli(START + issued));
    Instant later = Instant.ofEpochMilli(START + issued + 1000);

    assertThat(new Revocation(UUID.randomUUID(), Optional.empty(), later).hits(scope)).isFalse();
    assertThat(new Revocation(ACCOUNT, Optional.of(UUID.randomUUID()), later).hits(scope))
        .isFalse();
    assertThat(new Revocation(ACCOUNT, Optional.of(scope.tokenId()), later).hits(scope)).isTrue();
  }

  @Property
  void oneOfManyIsEnough(@ForAll @IntRange(min = 0, max = 20) int others) {
    Scope scope = issuedAt(Instant.ofEpochMilli(START));
    List<Revocation> all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.generate(
                        () -> new Revocation(UUID.randomUUID(), Optional.empty(), Instant.MAX))
                    .limit(others),
                java.util.stream.Stream.of(revoked(START + 1)))
            .toList();

    assertThat(Revocations.of(all, 0).hit(scope)).isTrue();
    assertThat(Revocations.of(all.subList(0, others), 0).hit(scope)).isFalse();
  }

  private static Revocation revoked(long at) {
    return new Revocation(ACCOUNT, Optional.empty(), Instant.ofEpochMilli(at));
  }

  private static Scope issuedAt(Instant at) {
    return with(TokenId.at(at), at);
  }

  private static Scope with(UUID tokenId, Instant at) {
    return new Scope(
        tokenId,
        ACCOUNT,
        Instant.ofEpochSecond(at.getEpochSecond()).plus(Scope.LIFETIME),
        Optional.empty(),
        "teaching",
        Set.of("grades:read"),
        ScopeKind.NONE,
        Set.of(),
        Set.of());
  }
}
