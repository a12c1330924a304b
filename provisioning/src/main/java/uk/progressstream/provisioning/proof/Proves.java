package uk.progressstream.provisioning.proof;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a test, or each test of a class, proves clauses of the policy: {@code @Proves({"D4",
 * "D9"})}. Its display name says what was attacked and what happened. {@code -Dproof.clauses=D4}
 * runs those tests alone, and each run leaves {@code target/proofs/<class>.json}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Proves {
  /** Clauses: D1 to D14, B1 to B6. */
  String[] value();
}
