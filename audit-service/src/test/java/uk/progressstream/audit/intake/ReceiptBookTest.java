package uk.progressstream.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import uk.progressstream.contracts.events.EventKey;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;

class ReceiptBookTest {

  @Property
  @Label("a source that asks for any run of its numbers learns what is held, and of a hole alone")
  void anyRun(
      @ForAll @IntRange(max = 20) int held,
      @ForAll @IntRange(min = 1, max = 25) int from,
      @ForAll @IntRange(min = 1, max = 10) int count) {
    List<EventKey> keys = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    for (long number = from; number < from + count; number++) {
      keys.add(key("a", number));
      holdings.add(
          new Holding(
              number <= held ? OptionalLong.of(number) : OptionalLong.empty(), false, held + 1));
    }

    ReceiptsReply answer = ReceiptBook.answer(keys, holdings);

    assertThat(answer.getReceiptsList())
        .extracting(Receipt::getPosition)
        .allMatch(position -> position <= held)
        .hasSize((int) keys.stream().filter(key -> key.getSequence() <= held).count());
    assertThat(answer.getMissingList())
        .isEqualTo(from > held + 1 ? List.of(missing("a", held + 1)) : List.of());
  }

  @Property(tries = 50)
  @Label("schools are apart: one that misses events does not hide another that does not")
  void schoolsAreApart(@ForAll @IntRange(min = 2, max = 20) int gap) {
    ReceiptsReply answer =
        ReceiptBook.answer(
            List.of(key("a", 1 + gap), key("b", 1)),
            List.of(
                new Holding(OptionalLong.empty(), false, 1),
                new Holding(OptionalLong.empty(), false, 1)));

    assertThat(answer.getMissingList()).containsExactly(missing("a", 1));
  }

  @Property
  @Label("a source that was set back learns which number is expected, whatever else it asks for")
  void numbersThatOthersHave(
      @ForAll @IntRange(min = 1, max = 20) int held,
      @ForAll @IntRange(min = 1, max = 20) int back) {
    long first = Math.max(1, held + 1 - back);
    List<EventKey> keys = new ArrayList<>();
    List<Holding> holdings = new ArrayList<>();
    for (long number = first; number <= held + 3; number++) {
      keys.add(key("a", number));
      holdings.add(new Holding(OptionalLong.empty(), false, held + 1));
    }

    ReceiptsReply answer = ReceiptBook.answer(keys, holdings);

    assertThat(answer.getReceiptsList()).isEmpty();
    assertThat(answer.getMissingList()).containsExactly(missing("a", held + 1));
  }

  private static EventKey key(String school, long number) {
    return EventKey.newBuilder()
        .setId(school + number)
        .setSchool(school)
        .setSequence(number)
        .build();
  }

  private static Missing missing(String school, long from) {
    return Missing.newBuilder().setSchool(school).setFrom(from).build();
  }
}
