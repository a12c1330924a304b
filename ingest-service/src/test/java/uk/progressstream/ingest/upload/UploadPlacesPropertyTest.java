package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import uk.progressstream.ingest.kind.FileKind;
import uk.progressstream.ingest.upload.UploadPlaces.Place;
import uk.progressstream.platform.problem.Problem;

class UploadPlacesPropertyTest {
  private static final int MAX = 8;
  private static final int OF_A_KIND = 6;
  private static final int OF_A_SCHOOL = 4;
  private static final int OF_A_SCHOOL_AND_KIND = 3;
  private static final List<UUID> SCHOOLS =
      List.of(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), new UUID(0, 4));

  /** Whatever comes and goes, a place is given exactly where all limits allow it. */
  @Property
  void limits(@ForAll List<@From("comings") Coming> comings) {
    UploadPlaces places = new UploadPlaces(MAX, OF_A_SCHOOL);
    List<Held> held = new ArrayList<>();
    for (Coming coming : comings) {
      if (coming.leaves()) {
        held.stream()
            .filter(each -> each.by().equals(coming.by()))
            .findFirst()
            .ifPresent(
                each -> {
                  each.place().close();
                  held.remove(each);
                });
        continue;
      }
      long ofSchool = count(held, by -> by.school() == coming.by().school());
      long ofBoth = count(held, by -> by.equals(coming.by()));
      long ofKind = count(held, by -> by.kind() == coming.by().kind());
      boolean tooManyOfSchool = ofSchool >= OF_A_SCHOOL || ofBoth >= OF_A_SCHOOL_AND_KIND;
      boolean full = held.size() >= MAX || ofKind >= OF_A_KIND;

      assertThat(take(places, coming.by(), held))
          .isEqualTo(tooManyOfSchool ? 429 : full ? 503 : 202);
    }
  }

  @Provide
  Arbitrary<Coming> comings() {
    Arbitrary<Sender> by =
        Combinators.combine(
                Arbitraries.integers().between(0, SCHOOLS.size() - 1),
                Arbitraries.of(FileKind.class))
            .as(Sender::new);
    return Combinators.combine(by, Arbitraries.integers().between(0, 2))
        .as((sender, third) -> new Coming(sender, third == 0));
  }

  private static long count(List<Held> held, Predicate<Sender> counted) {
    return held.stream().map(Held::by).filter(counted).count();
  }

  private static int take(UploadPlaces places, Sender by, List<Held> held) {
    try {
      held.add(new Held(by, places.take(SCHOOLS.get(by.school()), by.kind())));
      return 202;
    } catch (Problem refused) {
      return refused.status();
    }
  }

  private record Sender(int school, FileKind kind) {}

  private record Coming(Sender by, boolean leaves) {}

  private record Held(Sender by, Place place) {}
}
