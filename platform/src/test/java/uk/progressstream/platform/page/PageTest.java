package uk.progressstream.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import uk.progressstream.platform.problem.Problem;

class PageTest {

  @Property
  void pagesTogetherAreTheListAndEachOnce(
      @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(min = 1, max = 7) int limit) {
    List<Integer> all = IntStream.range(0, size).boxed().toList();
    List<Integer> seen = new ArrayList<>();

    String after = null;
    do {
      Page<Integer> page = Page.of(rowsAfter(all, after, limit + 1), limit, String::valueOf);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);

    assertThat(seen).isEqualTo(all);
  }

  @Property
  void aLimitIsAlwaysWithinBounds(@ForAll @IntRange(min = 1) int asked) {
    assertThat(Page.limit(asked)).isBetween(1, Page.LIMIT_MAX);
  }

  @Property
  void noItemsIsNoLimit(@ForAll @IntRange(min = Integer.MIN_VALUE, max = 0) int asked) {
    assertThatThrownBy(() -> Page.limit(asked)).isInstanceOf(Problem.class);
  }

  private static List<Integer> rowsAfter(List<Integer> all, @Nullable String after, int most) {
    int from = after == null ? 0 : Integer.parseInt(after) + 1;
    return all.stream().skip(from).limit(most).toList();
  }
}
