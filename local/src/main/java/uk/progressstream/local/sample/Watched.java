package uk.progressstream.local.sample;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import uk.progressstream.local.up.Bar;

/** A stream that moves a progress bar. */
final class Watched extends FilterInputStream {
  private final Bar bar;
  private long done;

  Watched(InputStream in, Bar bar) {
    super(in);
    this.bar = bar;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    moved(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    moved(Math.max(0, count));
    return count;
  }

  private void moved(int bytes) {
    done += bytes;
    bar.to(done);
  }
}
