package uk.progressstream.provisioning.testing;

/**
 * A table with data.
 *
 * @param schema its schema
 * @param name its name
 * @param hasClass whether its rows belong to a class each
 * @param ofNoSchool whether the service says that no school owns its rows
 * @param open whether the service says that anybody may read it
 */
record DataTable(String schema, String name, boolean hasClass, boolean ofNoSchool, boolean open) {

  /** Quoted, with its schema. */
  String sql() {
    return '"' + schema + "\".\"" + name + '"';
  }

  String label() {
    return schema.equals("public") ? name : schema + "." + name;
  }
}
