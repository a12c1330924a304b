package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import uk.progressstream.ingest.upload.UploadPlaces.Place;
import uk.progressstream.platform.problem.Problem;

class UploadPlacesPropertyTest {
  private static final int MAX = 5;
  private static final int PER_SCHOOL_MAX = 2;
  private static final List<UUID> SCHOOLS =
      List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), new UUID(0, 4));

  /** Whatever comes and goes, a place is given exactly where both limits allow it. */
  @Property
  void limits(@ForAll List<@IntRange(min = -4, max = 3) Integer> comings) {
    UploadPlaces places = new UploadPlaces(MAX, PER_SCHOOL_MAX);
    Map<UUID, Deque<Place>> held = new HashMap<>();
    int all = 0;
    for (int coming : comings) {
      UUID school = SCHOOLS.get(coming < 0 ? -coming - 1 : coming);
      Deque<Place> own = held.computeIfAbsent(school, key -> new ArrayDeque<>());
      if (coming < 0) {
        all -= own.isEmpty() ? 0 : 1;
        leave(own);
      } else {
        boolean given = takes(places, school, own);
        assertThat(given).isEqualTo(all < MAX && own.size() - (given ? 1 : 0) < PER_SCHOOL_MAX);
        all += given ? 1 : 0;
      }
    }
  }

  private static void leave(Deque<Place> own) {
    if (!own.isEmpty()) {
      own.pop().close();
    }
  }

  private static boolean takes(UploadPlaces places, UUID school, Deque<Place> own) {
    try {
      own.push(places.take(school));
      return true;
    } catch (Problem full) {
      assertThat(full.status()).isEqualTo(own.size() == PER_SCHOOL_MAX ? 429 : 503);
      return false;
    }
  }
}
