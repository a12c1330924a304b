package uk.progressstream.local.installation;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import uk.progressstream.local.Failure;
import uk.progressstream.provisioning.pki.PrivateFiles;
import uk.progressstream.provisioning.ports.Ports;

/**
 * The ports of the two issuers. They are part of the issuers' names, and accounts are keyed on
 * those, so an installation keeps them for good.
 *
 * @param google of the Google-like issuer
 * @param microsoft of the Microsoft-like issuer
 */
public record IssuerPorts(int google, int microsoft) {

  /** Those of an earlier run, or new ones. */
  public static IssuerPorts loadOrChoose(Path file) throws IOException {
    if (Files.exists(file)) {
      JsonObject json = new JsonObject(Files.readString(file));
      IssuerPorts ports = new IssuerPorts(json.getInteger("google"), json.getInteger("microsoft"));
      ports.requireFree(ports.google());
      ports.requireFree(ports.microsoft());
      return ports;
    }
    List<Integer> free = Ports.free(2);
    IssuerPorts ports = new IssuerPorts(free.get(0), free.get(1));
    JsonObject json =
        new JsonObject().put("google", ports.google()).put("microsoft", ports.microsoft());
    PrivateFiles.write(file, json.encodePrettily().getBytes(StandardCharsets.UTF_8));
    return ports;
  }

  private void requireFree(int port) {
    if (!Ports.isFree(port)) {
      throw new Failure("port " + port + ", which this data's sign-in issuer has, is in use");
    }
  }
}
