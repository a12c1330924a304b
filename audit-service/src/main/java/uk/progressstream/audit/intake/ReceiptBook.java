package uk.progressstream.audit.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.progressstream.contracts.events.EventKey;
import uk.progressstream.contracts.events.Missing;
import uk.progressstream.contracts.events.Receipt;
import uk.progressstream.contracts.events.ReceiptsReply;

/** Answers a source what the log holds of its events, and what it misses. */
final class ReceiptBook {
  private ReceiptBook() {}

  /**
   * The answer about some events.
   *
   * <p>A school's sequence does not go on where the first event that the log does not hold is not
   * the one that it expects next. If it is a later one, what lies between was taken for delivered,
   * so the source would not send it again by itself; if it is an earlier one, the log knows another
   * event by its number: the source was set back.
   *
   * @param events that were asked for, of one source
   * @param holdings what the log knows of each, in the same order and from one moment
   */
  static ReceiptsReply answer(List<EventKey> events, List<Holding> holdings) {
    ReceiptsReply.Builder reply = ReceiptsReply.newBuilder();
    Map<String, Long> firstUnknown = new LinkedHashMap<>();
    Map<String, Long> next = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      EventKey event = events.get(i);
      Holding holding = holdings.get(i);
      if (holding.leaf().isPresent()) {
        reply.addReceipts(receipt(event.getId(), holding.leaf().getAsLong(), holding.refused()));
      } else {
        firstUnknown.merge(event.getSchool(), event.getSequence(), Math::min);
        next.put(event.getSchool(), holding.next());
      }
    }
    return reply.addAllMissing(missing(firstUnknown, next)).build();
  }

  /** One receipt. */
  static Receipt receipt(String event, long leaf, boolean refused) {
    return Receipt.newBuilder().setEventId(event).setPosition(leaf).setRefused(refused).build();
  }

  private static List<Missing> missing(Map<String, Long> firstUnknown, Map<String, Long> next) {
    List<Missing> missing = new ArrayList<>();
    next.forEach(
        (school, expected) -> {
          if (!firstUnknown.getOrDefault(school, expected).equals(expected)) {
            missing.add(Missing.newBuilder().setSchool(school).setFrom(expected).build());
          }
        });
    return missing;
  }
}
