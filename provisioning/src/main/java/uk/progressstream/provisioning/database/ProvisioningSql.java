package uk.progressstream.provisioning.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The SQL files beside this class, written for one service. */
final class ProvisioningSql {
  private static final Pattern SERVICE = Pattern.compile("[a-z]{2,30}");

  private final String service;

  ProvisioningSql(String service) {
    if (!SERVICE.matcher(service).matches()) {
      throw new IllegalArgumentException("not the name of a service");
    }
    this.service = service;
  }

  String read(String file) {
    try (InputStream in = ProvisioningSql.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${service}", service);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
