package uk.progressstream.identity.seal;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import uk.progressstream.identity.setting.IdentitySettings;
import uk.progressstream.platform.scope.Scope;
import uk.progressstream.platform.scope.ScopeSealer;
import uk.progressstream.platform.scope.ScopeText;
import uk.progressstream.platform.scope.SealedScope;

/**
 * The seal keys of all services. Rotation: the database learns the new key first, then this file
 * gets it beside the old one, and since the highest id seals, old seals end with their tokens.
 */
@ApplicationScoped
public class SealKeys {
  private static final String OWN = "identity";

  private final Map<String, ScopeSealer> sealers;

  SealKeys(IdentitySettings settings) {
    this.sealers = read(settings);
  }

  /** Names of the services that scopes are sealed for. */
  public Set<String> services() {
    return sealers.keySet();
  }

  /**
   * One service's seal over a canonical text.
   *
   * @throws IllegalArgumentException for a service that has no key
   */
  public String seal(String service, String text) {
    ScopeSealer sealer = sealers.get(service);
    if (sealer == null) {
      throw new IllegalArgumentException("no seal key for this service");
    }
    return sealer.seal(text);
  }

  /** A scope sealed for identity's own database. */
  SealedScope sealForIdentity(Scope scope) {
    String text = ScopeText.write(scope);
    return new SealedScope(text, seal(OWN, text), scope);
  }

  private static Map<String, ScopeSealer> read(IdentitySettings settings) {
    try {
      JsonObject file = new JsonObject(Files.readString(settings.sealKeys()));
      Map<String, ScopeSealer> sealers = new TreeMap<>();
      file.fieldNames()
          .forEach(service -> sealers.put(service, newest(file.getJsonObject(service))));
      if (!sealers.containsKey(OWN)) {
        throw new IllegalStateException("the seal keys lack identity's own");
      }
      return Map.copyOf(sealers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScopeSealer newest(JsonObject keys) {
    int id =
        keys.fieldNames().stream()
            .map(Integer::valueOf)
            .max(Comparator.naturalOrder())
            .orElseThrow(() -> new IllegalStateException("a service without a seal key"));
    return ScopeSealer.of(id, HexFormat.of().parseHex(keys.getString(Integer.toString(id))));
  }
}
