package uk.progressstream.local.service;

import java.util.Locale;

/** The seven services. */
public enum Service {
  /**
   * Accounts, schools, classes, clusters, leases, tokens. Asked by all others, so started first.
   */
  IDENTITY,
  /** The log. */
  AUDIT,
  /** The vault. */
  PSEUDONYM,
  /** Grades. */
  GRADES,
  /** Special needs and the like. */
  SENSITIVE,
  /** Uploads. */
  INGEST,
  /** Incidents. */
  BREACH;

  /** Name in paths, databases and certificates. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
