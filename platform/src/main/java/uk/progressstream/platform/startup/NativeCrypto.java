package uk.progressstream.platform.startup;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.Security;
import org.jboss.logging.Logger;

/**
 * Puts a native implementation first among the JDK's security providers: each request verifies an
 * ES256 signature, which takes the JDK's own one or two milliseconds and this one less than a tenth
 * (docs/adr/0007). Where it cannot be loaded, or fails its own tests, the JDK's serve as before.
 *
 * <p>To load and test it takes half a second of a processor. That waits until the start is over:
 * the JDK's providers answer the first requests, and both check the same signatures.
 */
@ApplicationScoped
public class NativeCrypto {
  private static final Logger LOG = Logger.getLogger(NativeCrypto.class);

  /**
   * Set by the launcher where it makes start archives: Java 17 crashes when it archives a lambda
   * whose class it may not archive, as none of a signed jar.
   */
  private static final String PREPARING = "progress-stream.prepare";

  private static final long AFTER_START_MS = 10_000;

  private final Vertx vertx;

  NativeCrypto(Vertx vertx) {
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    if (!Boolean.getBoolean(PREPARING)) {
      vertx.setTimer(AFTER_START_MS, timer -> vertx.executeBlocking(NativeCrypto::install));
    }
  }

  private static boolean install() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    boolean sound =
        provider.getLoadingError() == null && provider.runSelfTests() == SelfTestStatus.PASSED;
    if (sound) {
      Security.insertProviderAt(provider, 1);
    } else {
      LOG.warn("no native cryptography on this platform: signatures take the JDK's time");
    }
    return sound;
  }
}
