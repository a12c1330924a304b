package uk.progressstream.local.service;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import uk.progressstream.local.issuer.IssuerAddresses;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CredentialFiles;

/**
 * The environment variables of a service (docs/CONFIGURATION.md): the same that a cluster sets.
 *
 * @param addresses of all services
 * @param authority certificate file
 * @param secrets directory of the files that single services get
 * @param keys directory of the schools' key-encryption keys
 * @param issuers who signs people in
 * @param tokenIssuer {@code iss} of access tokens
 */
public record ServiceEnvironment(
    ServiceAddresses addresses,
    Path authority,
    Path secrets,
    Path keys,
    IssuerAddresses issuers,
    String tokenIssuer) {
  /** Each service has three pools; with the defaults the seven would not fit the server. */
  private static final int POOL_SIZE_MAX = 6;

  private static final Service[] PEERS = {
    Service.IDENTITY, Service.PSEUDONYM, Service.GRADES, Service.SENSITIVE, Service.AUDIT
  };

  /** All of them for one service. */
  public Map<String, String> of(Service service, CredentialFiles own, ServiceDatabase database) {
    Map<String, String> all = new TreeMap<>();
    all.put("PS_HTTP_HOST", "127.0.0.1");
    all.put("PS_HTTP_PORT", Integer.toString(addresses.of(service).port()));
    all.put("PS_MANAGEMENT_HOST", "127.0.0.1");
    all.put("PS_MANAGEMENT_PORT", Integer.toString(addresses.of(service).managementPort()));
    all.put("PS_TLS_CERTIFICATE", own.certificate().toString());
    all.put("PS_TLS_KEY", own.key().toString());
    all.put("PS_TLS_KEY_DER", own.keyDer().toString());
    all.put("PS_TLS_CA", authority.toString());
    all.put("PS_TOKEN_ISSUER", tokenIssuer);
    for (Service peer : PEERS) {
      all.put("PS_PEERS_" + peer.name(), "localhost");
      all.put("PS_PEERS_" + peer.name() + "_PORT", Integer.toString(addresses.of(peer).port()));
    }
    putDatabase(all, database);
    putSpecial(all, service);
    return all;
  }

  private static void putDatabase(Map<String, String> all, ServiceDatabase database) {
    all.put("PS_DATABASE_HOST", database.host());
    all.put("PS_DATABASE_PORT", Integer.toString(database.port()));
    all.put("PS_DATABASE_NAME", database.name());
    all.put("PS_DATABASE_POOL_SIZE_MAX", Integer.toString(POOL_SIZE_MAX));
    for (DatabaseRole role : DatabaseRole.values()) {
      all.put(
          "PS_DATABASE_" + role.suffix().toUpperCase(Locale.ROOT) + "_PASSWORD",
          database.password(role));
    }
  }

  private void putSpecial(Map<String, String> all, Service service) {
    switch (service) {
      case IDENTITY -> {
        all.put("PS_IDENTITY_SEAL_KEYS", secrets.resolve("seal-keys.json").toString());
        all.put("PS_IDENTITY_SIGNING_KEY", secrets.resolve("token-signing.key").toString());
        all.put("PS_IDENTITY_STAFF", secrets.resolve("staff.json").toString());
        all.put("PS_IDENTITY_ISSUERS_CA", authority.toString());
        all.putAll(issuers.environment());
      }
      case AUDIT -> {
        all.put("PS_AUDIT_ORIGIN", "progress-stream.local/audit");
        all.put("PS_AUDIT_SIGNING_KEY", secrets.resolve("audit-signing.key").toString());
        all.put("PS_AUDIT_WITNESS_POLICY", secrets.resolve("witness-policy").toString());
      }
      case PSEUDONYM, SENSITIVE -> {
        all.put("PS_KEYS_PROVIDER", "local");
        all.put("PS_KEYS_DIRECTORY", keys.toString());
      }
      case GRADES, INGEST, BREACH -> {
        // Nothing beyond what all have.
      }
    }
  }
}
