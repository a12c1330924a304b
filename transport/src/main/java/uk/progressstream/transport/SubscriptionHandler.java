package uk.progressstream.transport;

import com.google.protobuf.ByteString;
import java.util.List;
import uk.progressstream.contracts.events.DeadLetter;

/** What a subscriber does with messages. */
@FunctionalInterface
public interface SubscriptionHandler {

  /**
   * Takes messages, in their order; may block. The broker forgets them when this has returned and
   * the dead letters are kept. A failure means that all come again, in the same order.
   *
   * @param messages as they came; from anybody who can reach the broker
   * @return what could not be taken as it was
   */
  List<DeadLetter> handle(List<ByteString> messages);
}
