package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.identity.grant.Role;
import uk.progressstream.provisioning.proof.Proves;

@Proves("D11")
class BindingRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(1);

  @Test
  @DisplayName("An invitation to a domain fits who signs in from that domain")
  void theInvitedDomain() {
    assertThat(fits(invitation(Role.TEACHER, "a.example", LATER), person("a.example"))).isTrue();
  }

  @Test
  @DisplayName("The right address from another domain or tenant, or from none, takes up nothing")
  void anotherDomain() {
    OpenInvitation invitation = invitation(Role.TEACHER, "a.example", LATER);

    assertThat(fits(invitation, person("b.example"))).isFalse();
    assertThat(fits(invitation, person(null))).isFalse();
  }

  @Test
  @DisplayName(
      "An invitation that has expired is taken up by nobody, in the very second that it does")
  void expired() {
    assertThat(fits(invitation(Role.TEACHER, "a.example", NOW), person("a.example"))).isFalse();
  }

  @Test
  @DisplayName("A machine takes up the role of a partner system and no other")
  void machines() {
    Visitor machine = visitor("a.example", true);

    for (Role role : List.of(Role.ADMIN, Role.TEACHER, Role.DATA_PROTECTION)) {
      assertThat(fits(invitation(role, "a.example", LATER), machine)).isFalse();
    }
    assertThat(fits(invitation(Role.PARTNER_SYSTEM, "a.example", LATER), machine)).isTrue();
  }

  private static boolean fits(OpenInvitation invitation, Visitor visitor) {
    return !BindingRules.fitting(List.of(invitation), visitor, NOW).isEmpty();
  }

  private static OpenInvitation invitation(Role role, String realm, Instant expiresAt) {
    return new OpenInvitation(UUID.randomUUID(), UUID.randomUUID(), role, realm, expiresAt);
  }

  private static Visitor person(@Nullable String organisation) {
    return visitor(organisation, false);
  }

  private static Visitor visitor(@Nullable String organisation, boolean machine) {
    return new Visitor(
        new AccountKey(Provider.GOOGLE, "issuer", "subject"),
        Optional.ofNullable(organisation),
        Set.of("someone@a.example"),
        machine,
        Optional.empty());
  }
}
