package uk.progressstream.audit.publication;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.progressstream.log.note.Checkpoint;
import uk.progressstream.log.note.VerifierKey;
import uk.progressstream.log.verify.TileSource;
import uk.progressstream.log.verify.Verifier;
import uk.progressstream.provisioning.testing.TestKit;

/** The log of the service under test as the gateway fetches it for anyone, no token shown. */
public final class ServedLog implements TileSource {
  private final URI base;
  private final HttpClient client;
  private final Set<String> fetched = ConcurrentHashMap.newKeySet();

  /** The log behind this address. */
  public ServedLog(URL service, TestKit kit) {
    this.base = URI.create(service + "audit/v1/");
    // As the gateway does. Over HTTP/2 a reader who gives one answer up, as a verifier does that
    // has
    // found a fault, may lose the connection: Quarkus REST closes it.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(kit.tlsOf("gateway"))
            .build();
  }

  /** The answer, whatever it is. */
  public HttpResponse<byte[]> get(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(base.resolve(path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] fetch(String path) throws IOException {
    HttpResponse<byte[]> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new FileNotFoundException(path + ": " + answer.statusCode());
    }
    fetched.add(path);
    return answer.body();
  }

  /** The verifier key that it serves. */
  public VerifierKey key() {
    return VerifierKey.of(text("key"));
  }

  /** The latest checkpoint. */
  public String checkpoint() {
    return text("checkpoint");
  }

  /**
   * How many leaves the latest checkpoint has; it grows at any time, by the service's own records.
   */
  public long size() {
    return Checkpoint.verified(checkpoint(), key()).size();
  }

  /** Verifies all of it. */
  public Checkpoint verify(String... earlier) throws IOException {
    return new Verifier(key(), this).wholeTree(checkpoint(), List.of(earlier));
  }

  /** Writes the checkpoint and every file that it needs into a folder. */
  public void saveTo(Path folder) throws IOException {
    fetched.clear();
    String checkpoint = checkpoint();
    new Verifier(key(), this).wholeTree(checkpoint);
    for (String path : Set.copyOf(fetched)) {
      Path file = folder.resolve(path);
      Files.createDirectories(folder.resolve(path.substring(0, path.lastIndexOf('/'))));
      Files.write(file, fetch(path));
    }
    Files.writeString(folder.resolve("checkpoint"), checkpoint);
  }

  private String text(String path) {
    return new String(get(path).body(), StandardCharsets.UTF_8);
  }
}
