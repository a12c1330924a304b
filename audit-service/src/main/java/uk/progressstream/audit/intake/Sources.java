package uk.progressstream.audit.intake;

import java.util.Set;

/** Who writes events: the services, and nobody else who holds a certificate. */
public final class Sources {
  static final String PEER = "peer:";

  /** Names of the services. */
  public static final Set<String> NAMES =
      Set.of("identity", "ingest", "pseudonym", "grades", "sensitive", "audit", "breach");

  private Sources() {}
}
