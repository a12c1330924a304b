package uk.progressstream.provisioning.database;

import java.util.Map;

/**
 * What a service and identity have to know of a provisioned database.
 *
 * @param host of the server
 * @param port of the server
 * @param name of the database, which is the service's name
 * @param passwords of the login roles
 * @param sealKey for identity alone; the service itself must not get it
 */
public record ServiceDatabase(
    String host, int port, String name, Map<DatabaseRole, String> passwords, SealKey sealKey) {

  /** Copies the map. */
  public ServiceDatabase {
    passwords = Map.copyOf(passwords);
  }

  /** Password of a role. */
  public String password(DatabaseRole role) {
    String password = passwords.get(role);
    if (password == null) {
      throw new IllegalStateException("no password for " + role.of(name));
    }
    return password;
  }

  /** Without passwords and keys. */
  @Override
  public String toString() {
    return "ServiceDatabase[" + name + "]";
  }
}
