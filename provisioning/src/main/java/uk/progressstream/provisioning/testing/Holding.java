package uk.progressstream.provisioning.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What one school has: ids by what they name, random, the same each time they are asked for. One of
 * which nothing was put into a database stands for ids that are not there.
 */
public final class Holding {
  private static final String CLASS = "class";
  private static final String CLOSED_CLASS = "closed class";

  private static final Pattern NAME = Pattern.compile("\\{([a-z ]+)\\}");

  private final String label;
  private final Map<String, UUID> ids;
  private final boolean ofCaller;
  private final String schoolClass;

  private Holding(String label, Map<String, UUID> ids, boolean ofCaller, String schoolClass) {
    this.label = label;
    this.ids = ids;
    this.ofCaller = ofCaller;
    this.schoolClass = schoolClass;
  }

  static Holding named(String label) {
    return new Holding(label, new ConcurrentHashMap<>(), false, CLASS);
  }

  /** The same as whoever holds it calls: what a call makes gets an id of its own. */
  Holding asCaller() {
    return new Holding(label, ids, true, schoolClass);
  }

  /** The same, the class that has closed in the place of the open one. */
  Holding withClosedClass() {
    return new Holding("a closed class", ids, ofCaller, CLOSED_CLASS);
  }

  String label() {
    return label;
  }

  public UUID school() {
    return id("school");
  }

  /** Somebody at the school. */
  public UUID account() {
    return id("account");
  }

  public UUID schoolClass() {
    return id(schoolClass);
  }

  public UUID closedClass() {
    return id(CLOSED_CLASS);
  }

  /** The id of something that the school has. */
  public UUID id(String name) {
    return ids.computeIfAbsent(name, key -> UUID.randomUUID());
  }

  /** A text with the ids in the places of their names in braces. */
  public String fill(String text) {
    return NAME.matcher(text).replaceAll(found -> id(found.group(1)).toString());
  }

  /** A row of the school: its id, and columns with their values. */
  public Map<String, String> row(String... columns) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("school_id", school().toString());
    for (int i = 0; i < columns.length; i += 2) {
      row.put(columns[i], columns[i + 1]);
    }
    return row;
  }

  /** An id for something that a call makes: new to whoever calls, else the id that is there. */
  public UUID made(String name) {
    return ofCaller ? UUID.randomUUID() : id(name);
  }
}
