package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A million rows in constant memory; minutes, so by name only: {@code -Dtest=MillionRows}. */
@QuarkusTest
@WithTestResource(
    value = IngestTestResource.class,
    initArgs = @ResourceArg(name = "bytesMax", value = "1073741824"))
class MillionRows extends UploadTest {
  private static final Logger LOG = Logger.getLogger(MillionRows.class);
  private static final int ROWS = 1_000_000;
  private static final long GROWTH_BYTES_MAX = 24L << 20;

  @Test
  @DisplayName("A million rows take no more memory than the first hundred thousand")
  void constantMemory() throws Exception {
    peers.vault.keeps = false;
    peers.stores.keeps = false;
    Instant start = Instant.now();
    CompletableFuture<HttpResponse<String>> sending = CompletableFuture.supplyAsync(this::send);
    long early = usedAfter(ROWS / 10);
    long late = usedAfter(ROWS * 9 / 10);

    JsonObject upload = new JsonObject(sending.get().body());
    LOG.infof(
        "a million rows in %s, heap %d then %d bytes: %s",
        Duration.between(start, Instant.now()), early, late, upload);
    assertThat(upload.getString("state")).isEqualTo("completed");
    assertThat(upload.getLong("rowsAccepted")).isEqualTo(ROWS);
    assertThat(late - early).isLessThan(GROWTH_BYTES_MAX);
  }

  private HttpResponse<String> send() {
    HttpClient client = HttpClient.newBuilder().sslContext(kit.tlsOf("gateway")).build();
    HttpRequest request =
        upload("&kind=grades", HttpRequest.BodyPublishers.ofInputStream(Generated::new))
            .timeout(Duration.ofMinutes(5))
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  private long usedAfter(long rows) throws InterruptedException {
    while (peers.stores.gradeRows.get() < rows) {
      Thread.sleep(20);
    }
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** The file, made as it is read: 25,000 pupils with 40 grades each. */
  private static final class Generated extends InputStream {
    private byte[] line = GRADES_HEADER.getBytes(StandardCharsets.UTF_8);
    private int position;
    private int rows;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == line.length) {
        if (rows == ROWS) {
          return -1;
        }
        line =
            ("E%06d,10A/Ma1,Mathematics,0-20,P%d,historical,%d\n"
                    .formatted(rows / 40, rows % 40, rows % 21))
                .getBytes(StandardCharsets.UTF_8);
        position = 0;
        rows++;
      }
      int count = Math.min(length, line.length - position);
      System.arraycopy(line, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
