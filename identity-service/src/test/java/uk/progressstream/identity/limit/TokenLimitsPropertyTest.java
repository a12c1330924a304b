package uk.progressstream.identity.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import uk.progressstream.identity.signin.AccountKey;
import uk.progressstream.identity.signin.Provider;

/** Gaps between sign-ins are in milliseconds. */
class TokenLimitsPropertyTest {
  private static final AccountKey ACCOUNT = new AccountKey(Provider.GOOGLE, "issuer", "one");
  private static final AccountKey OTHER = new AccountKey(Provider.GOOGLE, "issuer", "two");

  private final Clock clock = new Clock();

  @Property
  void neverMoreThanBurstAndRefill(
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @IntRange(min = 1, max = 600) int perMinute,
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 5_000) Integer> gaps) {
    TokenLimits limits = limits(burst, perMinute);
    long started = clock.nanos;
    int given = 0;
    for (int gap : gaps) {
      clock.forward(gap);
      given += limits.signIn(ACCOUNT) == 0 ? 1 : 0;
      double refilled = (clock.nanos - started) / 60e9 * perMinute;
      assertThat((double) given).isLessThanOrEqualTo(burst + refilled + 1e-6);
    }
  }

  @Property
  void whoWaitsAsLongAsToldIsServed(
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @IntRange(min = 1, max = 600) int perMinute) {
    TokenLimits limits = limits(burst, perMinute);
    int wait;
    do {
      wait = limits.signIn(ACCOUNT);
    } while (wait == 0);

    clock.forward(TimeUnit.SECONDS.toMillis(wait));

    assertThat(limits.signIn(ACCOUNT)).isZero();
  }

  @Property
  void nobodyUsesUpAnothersLimit(@ForAll @IntRange(min = 1, max = 100) int tries) {
    TokenLimits limits = limits(1, 1);
    for (int i = 0; i < tries; i++) {
      limits.signIn(OTHER);
      limits.refusal("192.0.2.1");
    }

    assertThat(limits.signIn(ACCOUNT)).isZero();
    assertThat(limits.refusal("192.0.2.2")).isZero();
  }

  @Property
  void whatIsNotOneAddressIsTheSameForAll(@ForAll String more) {
    assertThat(CallerAddress.of(" 192.0.2.1 ")).isEqualTo("192.0.2.1");
    for (String header : new String[] {null, "", "x".repeat(65), more + ", 192.0.2.1"}) {
      assertThat(CallerAddress.of(header)).isEqualTo("unknown");
      assertThat(CallerAddress.counted(header)).isEqualTo(CallerAddress.counted(null));
    }
  }

  private TokenLimits limits(int burst, int perMinute) {
    return new TokenLimits(new Settings(burst, perMinute), clock);
  }

  private record Settings(int accountBurst, int accountPerMinute) implements LimitSettings {
    @Override
    public int refusalBurst() {
      return accountBurst;
    }

    @Override
    public int refusalPerMinute() {
      return accountPerMinute;
    }
  }

  private static final class Clock implements TimeMeter {
    private long nanos;

    void forward(long millis) {
      nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
