package uk.progressstream.provisioning.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import uk.progressstream.provisioning.database.DatabaseProvisioner;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;
import uk.progressstream.provisioning.pki.CertificateAuthority;
import uk.progressstream.provisioning.pki.CredentialFiles;
import uk.progressstream.provisioning.pki.PeerTls;
import uk.progressstream.provisioning.pki.PrivateFiles;
import uk.progressstream.provisioning.postgres.EmbeddedServer;
import uk.progressstream.provisioning.postgres.ServerSettings;

/** A database server, certificates and a key set for one service, in one temporary directory. */
final class ServiceSurroundings implements AutoCloseable {
  private static final Duration VALIDITY = Duration.ofHours(12);
  private static final String ISSUER = "https://issuer.test/identity";

  private final Path directory;
  private final EmbeddedServer server;
  private final PublicKeys publicKeys;
  private final AccessPeer accessPeer;
  private final ServiceDatabase database;
  private final CredentialFiles own;

  private ServiceSurroundings(
      Path directory,
      EmbeddedServer server,
      PublicKeys publicKeys,
      AccessPeer accessPeer,
      ServiceDatabase database,
      CredentialFiles own) {
    this.directory = directory;
    this.server = server;
    this.publicKeys = publicKeys;
    this.accessPeer = accessPeer;
    this.database = database;
    this.own = own;
  }

  static ServiceSurroundings start(String service) throws IOException {
    Path directory = Files.createTempDirectory("progress-stream-test");
    CertificateAuthority authority =
        CertificateAuthority.loadOrCreate(directory.resolve("authority"), "test");
    EmbeddedServer server =
        EmbeddedServer.start(ServerSettings.forTests(directory.resolve("postgres"), authority));
    try {
      DatabaseProvisioner provisioner = new DatabaseProvisioner(server);
      provisioner.closeServer();
      ServiceDatabase database = provisioner.provision(service);
      Path tls = PrivateFiles.createDirectory(directory.resolve("tls"));
      Files.writeString(tls.resolve("ca.crt"), authority.certificatePem());
      CredentialFiles own = authority.issue(service, VALIDITY).writeTo(tls, service);
      PublicKeys publicKeys = serveKeys(directory, authority);
      AccessPeer accessPeer =
          AccessPeer.serve(
              directory,
              authority.issue("identity", VALIDITY).writeTo(tls, "identity-peer"),
              tls.resolve("ca.crt"));
      ServiceSurroundings surroundings =
          new ServiceSurroundings(directory, server, publicKeys, accessPeer, database, own);
      surroundings.writeKit();
      return surroundings;
    } catch (SQLException | GeneralSecurityException e) {
      server.close();
      throw new IOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  EmbeddedServer server() {
    return server;
  }

  ServiceDatabase database() {
    return database;
  }

  /** What the launcher would hand to the service as environment variables. */
  Map<String, String> configuration() {
    Map<String, String> config = new HashMap<>();
    config.put(TestKit.PROPERTY, directory.toString());
    config.put("ps.http-port", "0");
    config.put("ps.management-port", "0");
    config.put("quarkus.http.test-ssl-port", "0");
    config.put("quarkus.management.test-port", "0");
    config.put("ps.tls.certificate", own.certificate().toString());
    config.put("ps.tls.key", own.key().toString());
    config.put("ps.tls.key-der", own.keyDer().toString());
    config.put("ps.tls.ca", directory.resolve("tls/ca.crt").toString());
    config.put("ps.database.host", database.host());
    config.put("ps.database.port", Integer.toString(database.port()));
    config.put("ps.database.name", database.name());
    for (DatabaseRole role : DatabaseRole.values()) {
      config.put("ps.database." + role.suffix() + "-password", database.password(role));
    }
    config.put("ps.token.issuer", ISSUER);
    for (String peer : new String[] {"identity", "pseudonym", "grades", "sensitive", "audit"}) {
      config.put("ps.peers." + peer, "localhost");
      // Nobody listens on port 1: whoever needs another peer in a test brings it along.
      config.put("ps.peers." + peer + "-port", "1");
    }
    config.put("ps.peers.identity-port", Integer.toString(publicKeys.port()));
    // Identity's gRPC side answers beside its key set.
    config.put("quarkus.grpc.clients.identity.port", Integer.toString(accessPeer.port()));
    config.put("quarkus.grpc.clients.identity.test-port", Integer.toString(accessPeer.port()));
    return config;
  }

  @Override
  public void close() throws IOException {
    publicKeys.close();
    accessPeer.close();
    server.close();
  }

  private static PublicKeys serveKeys(Path directory, CertificateAuthority authority)
      throws IOException, GeneralSecurityException {
    KeySet keys = new KeySet(directory);
    keys.make(Tokens.KEY_ID);
    keys.publish(Tokens.KEY_ID);
    return PublicKeys.serve(
        PeerTls.context(authority.certificatePem(), authority.issue("identity", VALIDITY)),
        keys,
        new Questions(directory, Questions.KEYS));
  }

  private void writeKit() throws IOException {
    Properties kit = new Properties();
    kit.setProperty("service", database.name());
    kit.setProperty("issuer", ISSUER);
    kit.setProperty("database.port", Integer.toString(database.port()));
    kit.setProperty("seal.id", Integer.toString(database.sealKey().id()));
    kit.setProperty("seal.secret", HexFormat.of().formatHex(database.sealKey().secret()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    kit.store(out, null);
    PrivateFiles.write(directory.resolve("kit.properties"), out.toByteArray());
  }
}
