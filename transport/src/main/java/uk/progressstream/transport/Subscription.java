package uk.progressstream.transport;

/** The receiving side of one topic. Runs on threads of its own from its making until closed. */
public interface Subscription extends AutoCloseable {

  /** Stops; what was not taken comes again to whoever subscribes next. */
  @Override
  void close();
}
