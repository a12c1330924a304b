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
 * Reads HTTP/1 without keeping anything from a client that is not counted. A head may have only so
 * many lines, because a line costs more than its bytes. The bytes of an unfinished head or trailer
 * are counted until it is complete.
 *
 * <p>Only one request at a time is handled on a connection. Anything sent after it is dropped, and
 * the connection is closed after the answer; RFC 9112, 9.3.2 expects the client to send it again.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** Lines of a head. Browsers and schools' systems send some twenty. */
  static final int LINES_MAX = 100;

  /**
   * Lines that are read for one head, trailer or chunk: some more than {@link #LINES_MAX}, so that
   * the refusal can say why. Folded lines (RFC 9112, 5.2) count only here; each would copy the
   * whole field.
   */
  private static final int LINES_READ_MAX = LINES_MAX + 10;

  /** Rough cost of one byte of a head: the byte itself and its share of the header table. */
  private static final int COST = 2;

  /**
   * The first bytes are not counted. Otherwise an upload could fail on the short line before a
   * chunk when its address has no room left.
   */
  private static final int FREE_BYTES = 1024;

  private static final byte LINE_FEED = 10;
  private static final byte CARRIAGE_RETURN = 13;

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
  private final Runnable tooMuch;
  private State state = State.READING;

  /** Bytes and lines of the current head or trailer that have been parsed. */
  private int bytes;

  private int lines;

  /** Cost of the current head or trailer that is counted so far. */
  private int counted;

  private enum State {
    /** A request, or nothing yet. */
    READING,
    /** A request is whole and not answered. */
    UNDER_WAY,
    /** Where the next request begins is not known any more. */
    DROPPING
  }

  /**
   * A decoder of one connection.
   *
   * @param kept counts the bytes of unfinished lines and heads
   * @param tooMuch runs when they no longer fit
   */
  RequestDecoder(Places.Place kept, Runnable tooMuch) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Door.URI_BYTES_MAX)
            .setMaxHeaderSize(Door.HEADER_BYTES_MAX)
            .setHeadersFactory(FEW_LINES)
            .setTrailersFactory(FEW_LINES));
    this.kept = kept;
    this.tooMuch = tooMuch;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (state != State.READING) {
      drop(in);
      return;
    }
    int begin = in.readerIndex();
    int known = out.size();
    decodeLines(context, in, out);
    if (out.size() > known) {
      letGo();
      if (out.get(out.size() - 1) instanceof LastHttpContent) {
        state = State.UNDER_WAY;
      }
    } else {
      bytes += in.readerIndex() - begin;
      lines += count(in, begin, in.readerIndex());
      if (lines >= LINES_READ_MAX || !hasRoom(in.readableBytes())) {
        state = State.DROPPING;
        tooMuch.run();
      }
    }
  }

  /** Shows the library so many lines at most. */
  private void decodeLines(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    int end = in.writerIndex();
    in.writerIndex(endOfLines(in, LINES_READ_MAX - lines));
    try {
      super.decode(context, in, out);
    } finally {
      in.writerIndex(end);
    }
  }

  private static int endOfLines(ByteBuf in, int max) {
    int at = in.readerIndex();
    for (int line = 0; line < max; line++) {
      int next = in.indexOf(at, in.writerIndex(), LINE_FEED);
      if (next < 0) {
        return in.writerIndex();
      }
      at = next + 1;
    }
    return at;
  }

  private static int count(ByteBuf in, int from, int to) {
    int found = 0;
    for (int at = in.indexOf(from, to, LINE_FEED);
        at >= 0;
        at = in.indexOf(at + 1, to, LINE_FEED)) {
      found++;
    }
    return found;
  }

  /** RFC 9112, 2.2: an empty line after a body is no beginning of another request. */
  private void drop(ByteBuf in) {
    while (state == State.UNDER_WAY && in.isReadable()) {
      byte next = in.readByte();
      if (next != LINE_FEED && next != CARRIAGE_RETURN) {
        state = State.DROPPING;
      }
    }
    in.skipBytes(in.readableBytes());
  }

  private boolean hasRoom(int waiting) {
    int cost = COST * (bytes + waiting - FREE_BYTES);
    if (cost > counted) {
      if (!kept.grow(cost - counted)) {
        return false;
      }
      counted = cost;
    }
    return true;
  }

  private void letGo() {
    bytes = 0;
    lines = 0;
    if (counted > 0) {
      counted = 0;
      kept.leave();
    }
  }

  /**
   * The request has been answered. Returns whether the client had sent more after it, which was
   * dropped.
   */
  boolean answered() {
    if (state == State.UNDER_WAY) {
      state = State.READING;
    }
    return state == State.DROPPING;
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
