package uk.progressstream.identity.reach;

import java.util.Set;

/**
 * A row policy for reading.
 *
 * @param table {@code service.table}
 * @param database the database roles that it is for, with their service's name left out
 * @param opens the function of schema {@code scope} that it lets rows through by; {@code public}
 *     for one that lets everything through
 * @param permissions the permissions that it names
 */
record ReadPolicy(String table, Set<String> database, String opens, Set<String> permissions) {
  static final String PUBLIC = "public";

  /** Rows of whole schools. */
  static final String SCHOOLS = "schools";

  /** Rows of classes, each bound to its school. */
  static final String CELLS = "cells";

  /** Rows of classes. */
  static final String CLASSES = "classes";

  /** Rows of the schools of classes. */
  static final String CLASS_SCHOOLS = "class_schools";

  /** Rows of nobody's school, by the permission alone. */
  static final String PERMITS = "permits";

  /** Whether a scope of whole schools reads by it. */
  boolean ofWholeSchools() {
    return opens.equals(SCHOOLS);
  }

  /** Whether a scope of classes reads by it. */
  boolean ofClasses() {
    return opens.equals(CELLS) || opens.equals(CLASSES) || opens.equals(CLASS_SCHOOLS);
  }

  /** Whether any scope that reaches the database can use it, or only code of the database's own. */
  boolean forPeople() {
    return database.contains("school") || database.contains("class");
  }
}
