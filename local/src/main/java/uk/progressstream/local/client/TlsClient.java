package uk.progressstream.local.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import uk.progressstream.provisioning.pki.PeerTls;

/** HTTP clients that trust one installation's authority. */
public final class TlsClient {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  private TlsClient() {}

  /** One that shows no certificate, as people's apps do. */
  public static HttpClient trusting(Path authority) throws IOException {
    try {
      return HttpClient.newBuilder()
          .sslContext(PeerTls.context(Files.readString(authority), null))
          .connectTimeout(CONNECT_WITHIN)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
