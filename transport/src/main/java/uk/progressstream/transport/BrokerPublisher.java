package uk.progressstream.transport;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The sending side of one topic. */
public interface BrokerPublisher extends AutoCloseable {

  /**
   * Sends messages, those of one key in their order. May block for a few seconds while it connects.
   *
   * @return completes when the broker keeps them all; fails if it did not say so within seconds,
   *     and then any of them may have arrived, or arrive yet
   */
  CompletionStage<Void> publish(List<Message> messages);

  @Override
  void close();
}
