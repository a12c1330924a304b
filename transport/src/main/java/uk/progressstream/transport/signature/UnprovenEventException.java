package uk.progressstream.transport.signature;

/** A message that does not prove who wrote it. It names a rule, never a value. */
public final class UnprovenEventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String rule;

  UnprovenEventException(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  /** Which proof failed, in words joined by hyphens. */
  public String rule() {
    return rule;
  }
}
