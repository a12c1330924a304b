package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class HeardOutTest extends UploadTest {
  private static final int MIB = 1 << 20;
  private static final String CHUNK = "x".repeat(64 * 1024);

  /** Buffers of both kernels and of TLS hold some of what nobody reads. */
  private static final int BUFFERED_MIB_MAX = 12;

  @ParameterizedTest
  @CsvSource({"dry_run=true, by its head alone", "kind=oneroster, by the upload"})
  @DisplayName("A refused sender who sends on for ever is hung up on")
  void sendsForEver(String parameter, String by) throws Exception {
    String path = UPLOADS + "?school=" + school + "&" + parameter;
    try (ChunkedUpload upload = new ChunkedUpload(service, kit.tlsOf("gateway"), path, sender)) {
      long sent = sendUntilHungUp(upload, 64L * MIB);

      assertThat(sent).as(by).isLessThan((8L + BUFFERED_MIB_MAX) * MIB);
    }
  }

  @ParameterizedTest
  @CsvSource({"dry_run=true, by its head alone", "kind=oneroster, by the upload"})
  @DisplayName("A refused sender who sends its file to the end has its answer after that")
  void sendsToTheEnd(String parameter, String by) throws Exception {
    String path = UPLOADS + "?school=" + school + "&" + parameter;
    try (ChunkedUpload upload = new ChunkedUpload(service, kit.tlsOf("gateway"), path, sender)) {
      long sent = sendUntilHungUp(upload, 4L * MIB);
      upload.end();

      assertThat(sent).as(by).isEqualTo(4L * MIB);
      assertThat(upload.status()).startsWith("HTTP/1.1 4");
    }
  }

  private static long sendUntilHungUp(ChunkedUpload upload, long bytesMax) {
    long sent = 0;
    try {
      while (sent < bytesMax) {
        upload.write(CHUNK);
        sent += CHUNK.length();
      }
    } catch (SocketException hungUp) {
      return sent;
    } catch (IOException e) {
      throw new AssertionError("not hung up on, but broken", e);
    }
    return sent;
  }
}
