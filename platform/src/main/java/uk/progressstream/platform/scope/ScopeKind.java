package uk.progressstream.platform.scope;

/**
 * What the cells of a scope are. A scope is of exactly one kind, so that a row policy needs no OR.
 */
public enum ScopeKind {
  /** Whole schools. */
  SCHOOL("school"),
  /** Classes, each with its school. */
  CLASS("class"),
  /** No data at all: onboarding staff, a breach officer, an employee without a lease. */
  NONE("none");

  private final String code;

  ScopeKind(String code) {
    this.code = code;
  }

  /** The word in the canonical text. */
  public String code() {
    return code;
  }

  /**
   * The kind that a word of the canonical text stands for.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static ScopeKind of(String code) {
    for (ScopeKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown kind of scope");
  }
}
