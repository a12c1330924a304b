package uk.progressstream.audit.delivery;

import com.google.protobuf.ByteString;
import java.util.List;
import uk.progressstream.contracts.events.EventSink;
import uk.progressstream.platform.outbox.EventTransport;
import uk.progressstream.provisioning.pki.CredentialFiles;

/** What the contract needs of whatever stands between a service and the log. */
interface Broker extends AutoCloseable {

  /**
   * The transport as a service has it.
   *
   * @param own certificate of the service
   * @param log as that service reaches it
   */
  EventTransport transportOf(CredentialFiles own, EventSink log);

  /** From now on nobody reaches it. */
  void goesAway() throws Exception;

  /** It is back, with all that it had. */
  void comesBack() throws Exception;

  /** Puts bytes into the topic, as whoever can reach the broker could. */
  void inject(String key, ByteString value) throws Exception;

  /** All dead letters so far; waits a while until there are so many. */
  List<ByteString> deadLetters(int expected) throws Exception;
}
