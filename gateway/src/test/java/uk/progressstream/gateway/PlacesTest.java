package uk.progressstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import uk.progressstream.gateway.Places.Share;

class PlacesTest {
  private static final int ALL = 20;
  private static final int ONE = 8;

  private final Places places = new Places();

  @Test
  void whereOneShareIsFullNothingIsTakenOfTheOthers() {
    List<Share> shares = List.of(Share.ofAll("all", ALL), Share.ofCaller("one", 1));

    assertThat(places.take(shares)).isNotNull();
    assertThat(places.take(shares)).isNull();
    assertThat(places.taken("all")).isOne();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Places.Place first = Objects.requireNonNull(places.take(List.of(Share.ofAll("all", ALL))));
    assertThat(places.take(List.of(Share.ofAll("all", ALL)))).isNotNull();

    first.leave();
    first.leave();

    assertThat(places.taken("all")).isOne();
  }

  /** Whatever comes and goes: never over a maximum, and all is back when all have left. */
  @Property(tries = 300)
  void neverOverNeverLost(@ForAll List<@IntRange(min = -3, max = 3) Integer> steps) {
    Places all = new Places();
    Map<Integer, List<Places.Place>> inside = new HashMap<>();
    for (int step : steps) {
      int who = Math.abs(step);
      List<Places.Place> own = inside.computeIfAbsent(who, key -> new ArrayList<>());
      if (step >= 0) {
        Places.Place place =
            all.take(List.of(Share.ofAll("all", ALL), Share.ofCaller("" + who, ONE)));
        if (place != null) {
          own.add(place);
        }
      } else if (!own.isEmpty()) {
        own.remove(0).leave();
      }
      int total = inside.values().stream().mapToInt(List::size).sum();
      assertThat(all.taken("all")).isEqualTo(total).isLessThanOrEqualTo(ALL);
      assertThat(all.taken("" + who)).isEqualTo(own.size()).isLessThanOrEqualTo(ONE);
    }
    inside.values().forEach(own -> own.forEach(Places.Place::leave));
    assertThat(all.taken("all")).isZero();
  }
}
