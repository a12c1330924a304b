package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntityTagsTest {
  @Test
  @DisplayName("If-Match: a star, one of a list, and never a weak one")
  void strong() {
    assertThat(EntityTags.ifMatch("*", "\"2\"")).isTrue();
    assertThat(EntityTags.ifMatch("\"1\", \"2\"", "\"2\"")).isTrue();
    assertThat(EntityTags.ifMatch("W/\"2\"", "\"2\"")).isFalse();
    assertThat(EntityTags.ifMatch("2", "\"2\"")).isFalse();
    assertThat(EntityTags.ifMatch("", "\"2\"")).isFalse();
  }

  @Test
  @DisplayName("If-None-Match compares weakly")
  void weak() {
    assertThat(EntityTags.known("W/\"2\"", "\"2\"")).isTrue();
    assertThat(EntityTags.known("\"1\"", "\"2\"")).isFalse();
  }
}
