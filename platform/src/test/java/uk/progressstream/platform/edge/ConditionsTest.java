package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  @Test
  @DisplayName("If-Match: a star, one of a list, and never a weak one")
  void strong() {
    assertThat(Conditions.ifMatch("*", "\"2\"")).isTrue();
    assertThat(Conditions.ifMatch("\"1\", \"2\"", "\"2\"")).isTrue();
    assertThat(Conditions.ifMatch("W/\"2\"", "\"2\"")).isFalse();
    assertThat(Conditions.ifMatch("2", "\"2\"")).isFalse();
    assertThat(Conditions.ifMatch("", "\"2\"")).isFalse();
  }

  @Test
  @DisplayName("If-None-Match compares weakly")
  void weak() {
    assertThat(Conditions.known("W/\"2\"", "\"2\"")).isTrue();
    assertThat(Conditions.known("\"1\"", "\"2\"")).isFalse();
  }
}
