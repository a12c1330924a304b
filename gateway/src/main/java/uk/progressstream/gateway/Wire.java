package uk.progressstream.gateway;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What the library has no public way to do: it closes a connection only once all is sent, and it
 * keeps whatever a client sends of heads. This class alone looks inside it.
 */
final class Wire {
  private Wire() {}

  /**
   * Closes a connection whatever still waits for its client. One that reads nothing, while its
   * machine says that it is there, would stay for good.
   */
  static void cutOff(HttpConnection connection) {
    ((ConnectionBase) connection).channelHandlerContext().close();
  }

  /** Reads the requests of a new connection this way; of HTTP/2, as the library does. */
  static void decode(HttpConnection connection, RequestDecoder decoder) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
    if (pipeline.get(HttpRequestDecoder.class) != null) {
      pipeline.replace(HttpRequestDecoder.class, "requests", decoder);
    }
  }
}
