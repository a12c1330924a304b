package uk.progressstream.platform.keys;

import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;

/** What a data key does. */
public enum KeyKind {
  /** Seals fields so that they can be opened again: AES-256-GCM. */
  SEALING(PredefinedAeadParameters.AES256_GCM),
  /** Hashes values that must be found or compared, never read: HMAC-SHA-256. */
  HASHING(PredefinedPrfParameters.HMAC_SHA256_PRF);

  private final Parameters parameters;

  KeyKind(Parameters parameters) {
    this.parameters = parameters;
  }

  Parameters parameters() {
    return parameters;
  }
}
