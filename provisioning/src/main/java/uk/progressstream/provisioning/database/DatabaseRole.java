package uk.progressstream.provisioning.database;

import java.util.Locale;

/** The login roles of a service's database. Each has its own password and its own pool. */
public enum DatabaseRole {
  /** Owns the tables; migrates at the service's start and is not used afterwards. */
  OWNER,
  /** Works under scopes of whole schools. */
  SCHOOL,
  /** Works under scopes of classes. */
  CLASS,
  /** Carries the outbox to the log, and sees nothing else. */
  RELAY;

  /** {@code owner}, {@code school}, … */
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the role in the cluster, such as {@code grades_school}. */
  public String of(String service) {
    return service + "_" + suffix();
  }
}
