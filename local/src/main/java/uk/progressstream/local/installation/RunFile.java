package uk.progressstream.local.installation;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.progressstream.local.Failure;
import uk.progressstream.provisioning.pki.PrivateFiles;

/**
 * {@code run.json}: what runs, where, and with which certificates and passwords. Readable by its
 * owner alone. It exists while everything answers.
 *
 * @param json its content
 */
public record RunFile(JsonObject json) {
  /** Name of the file in the data directory. */
  public static final String NAME = "run.json";

  /** Writes it whole. */
  public void write(Path directory) throws IOException {
    PrivateFiles.write(
        directory.resolve(NAME), json.encodePrettily().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads that of a running installation.
   *
   * @throws Failure if nothing runs there
   */
  public static RunFile read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.notExists(file)) {
      throw new Failure("nothing runs in " + directory + ": start it with ./progress-stream up");
    }
    try {
      return new RunFile(new JsonObject(Files.readString(file)));
    } catch (DecodeException e) {
      throw new Failure(file + " is not readable", e);
    }
  }

  /** Address of the gateway. */
  public String gateway() {
    return json.getString("gateway");
  }

  /** The authority's certificate. */
  public Path authority() {
    return Path.of(json.getString("caFile"));
  }

  /** The launcher's process. */
  public long launcher() {
    return json.getLong("launcher");
  }

  /** What is said of one service. */
  public JsonObject service(String name) {
    return json.getJsonObject("services").getJsonObject(name);
  }
}
