package uk.progressstream.identity.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WishTest {
  @Test
  void nothingAsksForEverything() {
    assertThat(Wish.read(null)).contains(Wish.ANY);
    assertThat(Wish.read("")).contains(Wish.ANY);
  }

  @Test
  void permissionsSchoolAndRole() {
    UUID school = UUID.randomUUID();

    Wish wish =
        Wish.read("grades:read school:onboard school:" + school + " role:teacher").orElseThrow();

    assertThat(wish)
        .isEqualTo(
            new Wish(
                Set.of("grades:read", "school:onboard"),
                Optional.of(school),
                Optional.of(Role.TEACHER)));
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    UUID school = UUID.randomUUID();
    for (String scope :
        new String[] {
          "openid",
          " ",
          "grades:read  grades:export",
          "Grades:read",
          "grades:read|x",
          "school:zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
          "role:god",
          "role:teacher role:admin",
          "school:" + school + " school:" + school,
          "a:b ".repeat(50)
        }) {
      assertThat(Wish.read(scope)).as(scope).isEmpty();
    }
  }
}
