package uk.progressstream.identity.grant;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What an account is at a school, or to the company. A role's permissions count only on the cells
 * of the token's scope; no role comes with cells of two schools.
 */
public enum Role {
  /** Runs one school's account: its people, classes, clusters and consents. */
  ADMIN(
      "admin",
      "administration",
      Set.of(
          "identity:read",
          "identity:manage",
          "grades:read",
          "grades:export",
          "grades:write",
          "sensitive:read",
          "sensitive:write",
          "vault:write",
          "uploads:read",
          "uploads:write",
          "audit:read")),
  /**
   * A school's own system, a machine account as a rule. Its writes need to read what they replace.
   */
  PARTNER_SYSTEM(
      "partner-system",
      "data-exchange",
      Set.of(
          "identity:read",
          "uploads:read",
          "uploads:write",
          "grades:read",
          "grades:write",
          "sensitive:read",
          "sensitive:write",
          "vault:write")),
  /**
   * A school's data protection officer. Alone can erase a record: an admin's would be of their own
   * deeds.
   */
  DATA_PROTECTION(
      "data-protection",
      "data-protection",
      Set.of("identity:read", "audit:read", "audit:erase", "breach:notices")),
  /** Reads what clusters give, and nothing without one. */
  TEACHER("teacher", "teaching", Set.of("identity:read", "grades:read", "grades:export")),
  /**
   * Who has signed in, with no school: sees which invitations wait, accepts one, leaves a school.
   * The default of who has no role yet; anybody who has one can ask for it.
   */
  INVITED("invited", "joining", Set.of("identity:read")),
  /** Of Progress Stream; these permissions only while a lease lives, on its one school. */
  EMPLOYEE("employee", "support", Set.of("identity:read", "grades:read", "uploads:read"));

  private final String code;
  private final String purpose;
  private final Set<String> permissions;

  Role(String code, String purpose, Set<String> permissions) {
    this.code = code;
    this.purpose = purpose;
    this.permissions = permissions;
  }

  /** The word for it in tokens, requests and the log. */
  public String code() {
    return code;
  }

  /** Why its tokens are used, in the log's one word. */
  public String purpose() {
    return purpose;
  }

  /** What it may do on the cells of its scope. */
  public Set<String> permissions() {
    return permissions;
  }

  /** Whether it comes with one whole school. */
  public boolean wholeSchool() {
    return this == ADMIN || this == PARTNER_SYSTEM || this == DATA_PROTECTION;
  }

  /** Whether a school's admin can invite somebody to it. */
  public boolean invitable() {
    return this != EMPLOYEE && this != INVITED;
  }

  /** The role of a code; empty for any other word. */
  public static Optional<Role> of(String code) {
    return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
  }
}
