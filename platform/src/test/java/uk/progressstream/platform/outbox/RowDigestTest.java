package uk.progressstream.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowDigestTest {

  @Test
  @DisplayName("the digest is SHA-256 over the bytes of the ids in the order of these bytes")
  void asSpecified() {
    UUID low = UUID.fromString("00000000-0000-0000-0000-000000000001");
    // Negative, were the halves taken for signed numbers.
    UUID high = UUID.fromString("80000000-0000-0000-8000-000000000000");

    // printf of the 32 bytes | sha256sum
    assertThat(RowDigest.of(List.of(high, low, high)))
        .isEqualTo("4d59c8703a15c39cb4854c1928e949601ca2e0964c13f39d92ecb474fecb4c06");
    assertThat(RowDigest.of(List.of()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Property
  @Label("neither order nor repetition matters; which ids they are does")
  void whichIds(@ForAll @Size(max = 30) Set<Long> numbers, @ForAll Random random) {
    Set<UUID> ids = numbers.stream().map(n -> new UUID(n, ~n)).collect(Collectors.toSet());
    List<UUID> shuffled = new ArrayList<>(ids);
    shuffled.addAll(ids);
    Collections.shuffle(shuffled, random);
    assertThat(RowDigest.of(shuffled)).isEqualTo(RowDigest.of(ids));

    Set<UUID> others = new HashSet<>(ids);
    UUID one = new UUID(random.nextLong(), random.nextLong());
    if (others.add(one)) {
      assertThat(RowDigest.of(others)).isNotEqualTo(RowDigest.of(ids));
    }
  }
}
