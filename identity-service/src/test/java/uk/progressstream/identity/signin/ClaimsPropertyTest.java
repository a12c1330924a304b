package uk.progressstream.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import uk.progressstream.provisioning.proof.Proves;

@Label("Whatever else a genuine token says")
@Proves("D11")
class ClaimsPropertyTest {
  private static final Object ABSENT = new Object();
  private static final String HEAD = "head@school.example";

  @Property
  @Label("a guest fits no invitation of the host's, to whatever address")
  void guests(@ForAll("entraClaims") Map<String, Object> claims, @ForAll("guestMarks") Mark mark) {
    Map<String, Object> guest = TokenForms.with(claims, mark.claim(), mark.value());

    Optional<Visitor> visitor = visitor(guest, TokenForms::microsoft);

    Statistics.label("person").collect(visitor.isPresent());
    visitor
        .filter(each -> !each.machine())
        .ifPresent(
            each -> {
              assertThat(each.realms()).doesNotContain(TokenForms.TENANT);
              assertThat(each.addresses()).isEmpty();
            });
  }

  @Property
  @Label("who is taken for a machine has nothing of a person's, and the other way round")
  void neverMistaken(@ForAll("entraClaims") Map<String, Object> claims) {
    visitor(claims, TokenForms::microsoft)
        .ifPresent(
            visitor -> {
              Statistics.label("machine").collect(visitor.machine());
              boolean ofItself = TokenForms.OBJECT.equals(claims.get("sub"));
              assertThat(visitor.machine()).isEqualTo(ofItself);
              if (visitor.machine()) {
                assertThat(claims).doesNotContainKeys("preferred_username", "upn", "scp", "name");
                assertThat(visitor.addresses()).containsExactly(TokenForms.APPLICATION);
              } else {
                assertThat(claims.get("idtyp")).isIn(null, "user", "USER");
                assertThat(visitor.addresses()).doesNotContain(TokenForms.APPLICATION);
              }
            });
  }

  @Property
  @Label("an address that Entra does not vouch for fits nothing")
  void unverifiedAtMicrosoft(@ForAll("entraClaims") Map<String, Object> claims) {
    Map<String, Object> unverified =
        TokenForms.without(
            TokenForms.with(claims, "email", HEAD, "unique_name", HEAD, "name", HEAD),
            "preferred_username",
            "upn",
            "xms_edov",
            "email_verified");

    visitor(unverified, TokenForms::microsoft)
        .ifPresent(each -> assertThat(each.addresses()).doesNotContain(HEAD));
  }

  @Property
  @Label("an e-mail that Google does not vouch for fits nothing")
  void unverifiedAtGoogle(@ForAll("googleClaims") Map<String, Object> claims) {
    boolean verified = Boolean.TRUE.equals(claims.get("email_verified"));
    Visitor visitor = visitor(claims, TokenForms::google).orElseThrow();

    Statistics.label("addresses").collect(verified, visitor.addresses().size());
    if (!verified) {
      assertThat(visitor.addresses()).noneMatch(address -> address.contains("@"));
    }
    if (visitor.machine()) {
      assertThat(verified || !claims.containsKey("hd")).isTrue();
      assertThat(visitor.addresses()).doesNotContain(HEAD);
      assertThat(visitor.realms()).doesNotContain("school.example");
    } else {
      assertThat(visitor.addresses()).doesNotContain(TokenForms.UNIQUE_ID);
      if (!claims.containsKey("hd")) {
        assertThat(visitor.realms()).doesNotContain("school.example");
      }
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> entraClaims() {
    Map<String, List<Object>> choices = new TreeMap<>();
    choices.put("iss", List.of(TokenForms.FIRST, TokenForms.SECOND));
    choices.put("tid", List.of(TokenForms.TENANT));
    choices.put("oid", List.of(TokenForms.OBJECT));
    choices.put("sub", List.of(TokenForms.OBJECT, "pairwise"));
    choices.put("azp", List.of(TokenForms.APPLICATION, ABSENT));
    choices.put("appid", List.of(TokenForms.APPLICATION, ABSENT));
    choices.put("idtyp", List.of(ABSENT, ABSENT, "app", "user", "device", "App", "USER", 1));
    choices.put("scp", List.of(ABSENT, ABSENT, "read"));
    choices.put("preferred_username", List.of(ABSENT, HEAD, "HEAD@School.example"));
    choices.put("upn", List.of(ABSENT, HEAD));
    choices.put("unique_name", List.of(ABSENT, HEAD));
    choices.put("name", List.of(ABSENT, HEAD));
    choices.put("email", List.of(ABSENT, HEAD));
    choices.put("xms_edov", List.of(ABSENT, true, "1", "true"));
    choices.put("email_verified", List.of(ABSENT, true));
    choices.put("acct", List.of(ABSENT, 0, "0"));
    choices.put("idp", List.of(ABSENT, TokenForms.FIRST, TokenForms.SECOND));
    return claims(choices);
  }

  @Provide
  Arbitrary<Map<String, Object>> googleClaims() {
    Map<String, List<Object>> choices = new TreeMap<>();
    choices.put("iss", List.of(TokenForms.GOOGLE));
    choices.put("sub", List.of(TokenForms.UNIQUE_ID));
    choices.put("azp", List.of(ABSENT, TokenForms.UNIQUE_ID, "1234.apps.googleusercontent.com"));
    choices.put("hd", List.of(ABSENT, "school.example"));
    choices.put(
        "email",
        List.of(
            ABSENT, HEAD, "x@gmail.com", "x@p.iam.gserviceaccount.com", "x@agserviceaccount.com"));
    choices.put("email_verified", List.of(ABSENT, true, false, "true", 1));
    return claims(choices);
  }

  @Provide
  Arbitrary<Mark> guestMarks() {
    return Arbitraries.of(
        new Mark("idp", "https://sts.windows.net/" + TokenForms.HOME_TENANT + "/"),
        new Mark("idp", "live.com"),
        new Mark("idp", "google.com"),
        new Mark("idp", ""),
        new Mark("idp", 7),
        new Mark("acct", 1),
        new Mark("acct", "1"),
        new Mark("acct", true),
        new Mark("upn", "head_school.example#EXT#@host.onmicrosoft.com"),
        new Mark("upn", "head_school.example_EXT_@host.onmicrosoft.com"),
        new Mark("unique_name", "live.com#head@school.example"),
        new Mark("preferred_username", "head_school.example#EXT#@host.onmicrosoft.com"));
  }

  /** A sign of a guest. */
  record Mark(String claim, Object value) {}

  private static Arbitrary<Map<String, Object>> claims(Map<String, List<Object>> choices) {
    Arbitrary<Map<String, Object>> all = Arbitraries.just(Map.of());
    for (Map.Entry<String, List<Object>> choice : choices.entrySet()) {
      Arbitrary<Object> value = Arbitraries.of(choice.getValue());
      all =
          all.flatMap(
              before ->
                  value.map(
                      each -> {
                        Map<String, Object> claims = new HashMap<>(before);
                        if (each != ABSENT) {
                          claims.put(choice.getKey(), each);
                        }
                        return claims;
                      }));
    }
    return all;
  }

  private static Optional<Visitor> visitor(
      Map<String, Object> claims, Function<Map<String, Object>, Visitor> read) {
    try {
      return Optional.of(read.apply(claims));
    } catch (SignInRefused refused) {
      return Optional.empty();
    }
  }
}
