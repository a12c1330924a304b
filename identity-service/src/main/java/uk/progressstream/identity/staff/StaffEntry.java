package uk.progressstream.identity.staff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import uk.progressstream.identity.grant.StaffPermissions;
import uk.progressstream.identity.signin.Provider;
import uk.progressstream.identity.signin.Visitor;

/**
 * One of the company's staff, as the file names it.
 *
 * @param provider who vouches
 * @param realm the domain or tenant
 * @param email lower case
 * @param permissions of {@link StaffPermissions#ALL}
 */
public record StaffEntry(Provider provider, String realm, String email, Set<String> permissions) {

  /**
   * Reads {@code {"issuer", "domain" or "tenant", "email", "permissions"}}.
   *
   * @throws IllegalStateException if something is missing or no staff permission
   */
  static StaffEntry read(JsonObject json) {
    Provider provider =
        Provider.of(json.getString("issuer", ""))
            .orElseThrow(() -> new IllegalStateException("staff entry without a known issuer"));
    String realm = json.getString(provider == Provider.GOOGLE ? "domain" : "tenant", "");
    String email = json.getString("email", "");
    Set<String> permissions =
        json.getJsonArray("permissions", new JsonArray()).stream()
            .map(Object::toString)
            .collect(Collectors.toUnmodifiableSet());
    if (realm.isEmpty() || email.isEmpty() || permissions.isEmpty()) {
      throw new IllegalStateException("staff entry without domain or tenant, email or permissions");
    }
    if (!StaffPermissions.ALL.containsAll(permissions)) {
      throw new IllegalStateException("staff entry with a permission that staff can't have");
    }
    return new StaffEntry(
        provider, realm.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT), permissions);
  }

  /** By what the database remembers whom it was bound to. */
  public String key() {
    return String.join("|", provider.code(), realm, email);
  }

  boolean fits(Visitor visitor) {
    return !visitor.machine()
        && visitor.key().provider() == provider
        && visitor.realms().contains(realm)
        && visitor.addresses().contains(email);
  }
}
