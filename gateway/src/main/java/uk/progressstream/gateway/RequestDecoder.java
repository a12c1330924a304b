package uk.progressstream.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;

/**
 * Reads HTTP/1 so that a client can't have more kept than is counted. A head has so many lines, for
 * a line costs more than its bytes; what has come of a head or trailer that is not whole is counted
 * while it waits. And one request is under way on a connection: what comes behind it is dropped,
 * and the connection closed after its answer. RFC 9112, 9.3.2 has the client send it again.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** Lines of a head. Browsers and schools' systems send some twenty. */
  static final int LINES_MAX = 100;

  /** What a byte of a head costs here, about: itself, and its line in a table. */
  private static final int COST = 2;

  /**
   * Of what waits, this much is free: the line before a chunk of an upload is no reason to end it
   * where its address has no room left for bodies.
   */
  private static final int FREE_BYTES = 1024;

  private static final HttpHeadersFactory FEW_LINES =
      new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
          return new FewLines();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
          return new FewLines();
        }
      };

  private final Places.Place kept;
  private final Runnable noRoom;

  /** Bytes of a head or trailer that were understood so far, and what is counted of it. */
  private int taken;

  private int counted;
  private boolean underWay;
  private boolean more;

  /**
   * A decoder of one connection.
   *
   * @param kept where bytes that wait for the rest of their line or head count
   * @param noRoom told where there is no place for them
   */
  RequestDecoder(Places.Place kept, Runnable noRoom) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Door.URI_BYTES_MAX)
            .setMaxHeaderSize(Door.HEADER_BYTES_MAX)
            .setHeadersFactory(FEW_LINES)
            .setTrailersFactory(FEW_LINES));
    this.kept = kept;
    this.noRoom = noRoom;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (underWay) {
      more |= in.isReadable();
      in.skipBytes(in.readableBytes());
      return;
    }
    int readable = in.readableBytes();
    int known = out.size();
    super.decode(context, in, out);
    if (out.size() > known) {
      letGo();
      underWay = out.get(out.size() - 1) instanceof LastHttpContent;
    } else {
      taken += readable - in.readableBytes();
      count(COST * (taken + in.readableBytes() - FREE_BYTES));
    }
  }

  private void count(int cost) {
    if (cost > counted && !kept.grow(cost - counted)) {
      noRoom.run();
    }
    counted = Math.max(counted, cost);
  }

  private void letGo() {
    taken = 0;
    counted = 0;
    kept.leave();
  }

  /** The request was answered; tells whether more had come behind it, which is lost. */
  boolean answered() {
    underWay = false;
    return more;
  }

  /** The connection has gone. */
  void left() {
    letGo();
  }

  private static final class FewLines extends DefaultHttpHeaders {
    private int lines;

    @Override
    public HttpHeaders add(String name, Object value) {
      count();
      return super.add(name, value);
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
      count();
      return super.add(name, value);
    }

    private void count() {
      lines++;
      if (lines > LINES_MAX) {
        throw new TooLongHttpHeaderException("more lines than a head may have");
      }
    }
  }
}
