package uk.progressstream.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxRelayDelayTest {
  @Test
  @DisplayName("Tries in vain are twice as far apart each time, up to ten seconds")
  void doubles() {
    assertThat(IntStream.range(0, 8).mapToLong(OutboxRelay::delayMs))
        .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L);
    assertThat(OutboxRelay.delayMs(Integer.MAX_VALUE)).isEqualTo(10_000L);
  }
}
