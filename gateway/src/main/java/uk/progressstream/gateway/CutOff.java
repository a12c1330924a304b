package uk.progressstream.gateway;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Ends a connection whatever still waits for its client. The library closes one only once all of
 * that is sent, and a client that reads nothing, while its machine says that it is there, would
 * stay for good. It has no public way to do otherwise, so this class alone looks inside it.
 */
final class CutOff {
  private CutOff() {}

  static void cutOff(HttpConnection connection) {
    ((ConnectionBase) connection).channelHandlerContext().close();
  }
}
