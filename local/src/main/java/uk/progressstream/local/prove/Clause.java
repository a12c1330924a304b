package uk.progressstream.local.prove;

import java.util.Arrays;
import java.util.Locale;
import uk.progressstream.local.Failure;

/** The clauses of the data handling and security policy, in its order and, shortened, its words. */
public enum Clause {
  /** Data security, 1. */
  D1("The main data store is a database in Google Cloud Platform"),
  /** Data security, 2. */
  D2("Data is encrypted in transit and at rest"),
  /** Data security, 3. */
  D3("No student names are stored, only the enrollment_id"),
  /** Data security, 4. */
  D4("enrollment_id becomes a unique ps_id during load"),
  /** Data security, 5. */
  D5("Highly sensitive data is held apart, by ps_id"),
  /** Data security, 6. */
  D6("Historical and predicted grades are held apart, by ps_id"),
  /** Data security, 7. */
  D7("Sensitive and grade data is joined only for training and prediction"),
  /** Data security, 8. */
  D8("Full postcodes are hashed"),
  /** Data security, 9. */
  D9("Row-level security by school and class; no super admin"),
  /** Data security, 10. */
  D10("Backups cycle through school admin accounts and are stored separately"),
  /** Data security, 11. */
  D11("Identity by Microsoft or Google accounts"),
  /** Data security, 12. */
  D12("Access by clusters of schools and classes"),
  /** Data security, 13. */
  D13("Employees reach a single school at a time"),
  /** Data security, 14. */
  D14("All downloads are logged: who, what, when"),
  /** Breach process, 1. */
  B1("Within 1 hour: review the logs, verify which schools were affected"),
  /** Breach process, 2. */
  B2("Within 4 hours: all affected schools are notified"),
  /** Breach process, 3. */
  B3("Within 4 hours: the ICO is informed"),
  /** Breach process, 4. */
  B4("Within 72 hours: how it happened is investigated"),
  /** Breach process, 5. */
  B5("Within a week: full details to the ICO and the affected schools"),
  /** Breach process, 6. */
  B6("Within two weeks: full details are published");

  private final String title;

  Clause(String title) {
    this.title = title;
  }

  /** What the clause promises. */
  public String title() {
    return title;
  }

  /**
   * The clause of a name such as {@code d9}.
   *
   * @throws Failure for any other text
   */
  public static Clause named(String text) {
    return Arrays.stream(values())
        .filter(clause -> clause.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new Failure("no clause '" + text + "'; there are D1 to D14 and B1 to B6"));
  }
}
