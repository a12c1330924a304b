package uk.progressstream.identity.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import uk.progressstream.identity.setting.IdentitySettings;

/**
 * The keys of the signing key file. Rotation with overlap: put the new key second and restart, so
 * that every service learns it; then put it first, so that it signs; take the old one out when its
 * last token is over.
 */
@ApplicationScoped
public class SigningKeys {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private final List<SigningKey> keys;
  private final String jwks;

  SigningKeys(IdentitySettings settings) {
    this.keys = read(settings);
    this.jwks =
        new JsonObject()
            .put(
                "keys",
                new JsonArray(
                    keys.stream().map(key -> new JsonObject(key.publicMembers())).toList()))
            .encode();
  }

  /** The key that signs now. */
  SigningKey current() {
    return keys.get(0);
  }

  /** The public keys as a JWK set (RFC 7517). */
  String jwks() {
    return jwks;
  }

  private static List<SigningKey> read(IdentitySettings settings) {
    try {
      List<SigningKey> keys =
          PEM.matcher(Files.readString(settings.signingKey()))
              .results()
              .map(match -> Base64.getMimeDecoder().decode(match.group(1)))
              .map(SigningKey::read)
              .toList();
      if (keys.isEmpty()) {
        throw new IllegalStateException("PS_IDENTITY_SIGNING_KEY holds no PKCS#8 key");
      }
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
