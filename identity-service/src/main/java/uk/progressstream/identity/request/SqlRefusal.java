package uk.progressstream.identity.request;

import io.vertx.pgclient.PgException;

/**
 * Why the database refused, by its SQL state; its messages can quote values and are not looked at.
 */
public final class SqlRefusal {
  private static final String UNIQUE = "23505";
  private static final String FOREIGN_KEY = "23503";
  private static final String CHECK = "23514";
  private static final String NO_DATA = "P0002";
  private static final String LIMIT = "54000";

  private SqlRefusal() {}

  /** Something of the same name or number is there. */
  public static boolean duplicate(Throwable failure) {
    return has(failure, UNIQUE);
  }

  /** What is referred to is not there. */
  public static boolean unknownReference(Throwable failure) {
    return has(failure, FOREIGN_KEY);
  }

  /** A value is not of the form that the table takes. */
  public static boolean malformed(Throwable failure) {
    return has(failure, CHECK);
  }

  /** A function found nothing to work on. */
  public static boolean nothingThere(Throwable failure) {
    return has(failure, NO_DATA);
  }

  /** More than there may be. */
  public static boolean tooMany(Throwable failure) {
    return has(failure, LIMIT);
  }

  private static boolean has(Throwable failure, String state) {
    return failure instanceof PgException database && state.equals(database.getSqlState());
  }
}
