package uk.progressstream.gateway;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What Vert.x has no public way to do: it closes a connection only once all is sent, does not reset
 * a stream whose answer is written but not taken, keeps any number of header lines, and reads much
 * of one connection before it turns to the next. Only this class uses its internals.
 */
final class Wire {
  private Wire() {}

  /**
   * Closes a connection without sending what is still queued. Otherwise a client that stops reading
   * but keeps its TCP connection alive would stay for ever.
   */
  static void cutOff(HttpConnection connection) {
    ChannelHandlerContext context = ((ConnectionBase) connection).channelHandlerContext();
    ChannelPipeline pipeline = context.pipeline();
    if (pipeline.get(Deaf.class) == null && pipeline.context(context.handler()) != null) {
      // TLS takes its time to close, and what comes meanwhile would still be worked off.
      pipeline.addBefore(context.name(), null, new Deaf());
    }
    context.close();
  }

  private static final class Deaf extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ReferenceCountUtil.release(bytes);
    }
  }

  /** Resets the stream of a request over HTTP/2, whatever still waits for its client. */
  static void reset(HttpServerRequest request, long code) {
    ChannelHandlerContext context = ((ConnectionBase) request.connection()).channelHandlerContext();
    Http2ConnectionHandler handler = context.pipeline().get(Http2ConnectionHandler.class);
    if (handler != null) {
      handler.resetStream(context, request.streamId(), code, context.newPromise());
      context.flush();
    }
  }

  /**
   * Reads one buffer (64 KiB at most) of a connection whenever it is its turn, and not sixteen: of
   * a hundred connections that send all they can, the others would wait for a hundred MiB.
   */
  static void takeTurns(HttpConnection connection) {
    ChannelConfig config = ((ConnectionBase) connection).channelHandlerContext().channel().config();
    if (config.getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator buffers) {
      buffers.maxMessagesPerRead(1);
    }
  }

  /** Makes a new HTTP/1 connection use this decoder; HTTP/2 connections are left as they are. */
  static void decode(HttpConnection connection, RequestDecoder decoder) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
    if (pipeline.get(HttpRequestDecoder.class) != null) {
      pipeline.replace(HttpRequestDecoder.class, "requests", decoder);
    }
  }
}
