package uk.progressstream.local.issuer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.local.Failure;

/** Accounts for trying things out. They are roles, not people. */
public enum SampleAccount {
  /** Runs the account of school GP. */
  GP_ADMIN(IssuerKind.GOOGLE, "gp.example", "admin@gp.example"),
  /** Teaches two classes of GP. */
  GP_TEACHER(IssuerKind.GOOGLE, "gp.example", "teacher@gp.example"),
  /** GP's own system, a Google service account; it sends the uploads. */
  GP_PARTNER_SYSTEM(
      IssuerKind.GOOGLE,
      "gp-school.iam.gserviceaccount.com",
      "partner-system@gp-school.iam.gserviceaccount.com"),
  /** A Google service account whose token holds no e-mail: to be invited by its unique id. */
  SERVICE_ACCOUNT(IssuerKind.GOOGLE, "gserviceaccount.com", "104029384756473829101"),
  /** Runs the account of school MS. */
  MS_ADMIN(IssuerKind.MICROSOFT, SampleAccount.TENANT, "admin@ms.example"),
  /** Teaches two classes of MS. */
  MS_TEACHER(IssuerKind.MICROSOFT, SampleAccount.TENANT, "teacher@ms.example"),
  /** MS's own system, an app registration: to be invited by its application id. */
  APPLICATION(IssuerKind.MICROSOFT, SampleAccount.TENANT, "a9911ca7-0000-4000-8000-000000000002"),
  /** A guest of MS's tenant, whom no invitation of MS fits. */
  GUEST(IssuerKind.MICROSOFT, SampleAccount.TENANT, "guest@elsewhere.example"),
  /** Of Progress Stream's support, who sees one school at a time. */
  EMPLOYEE(IssuerKind.GOOGLE, SampleAccount.COMPANY, "employee@progress-stream.example"),
  /** Progress Stream's data protection officer. */
  DPO(IssuerKind.GOOGLE, SampleAccount.COMPANY, "dpo@progress-stream.example"),
  /** Of Progress Stream's onboarding, who creates schools and gains no access by it. */
  ONBOARDING(IssuerKind.GOOGLE, SampleAccount.COMPANY, "onboarding@progress-stream.example");

  /** The one tenant of the Microsoft-like issuer: school MS's. */
  public static final String TENANT = "5a7ce1e0-0000-4000-8000-000000000001";

  /** The company's own domain. */
  public static final String COMPANY = "progress-stream.example";

  /** The client id that sample tokens are for. */
  public static final String AUDIENCE = "progress-stream";

  private final IssuerKind issuer;
  private final String realm;
  private final String email;

  SampleAccount(IssuerKind issuer, String realm, String email) {
    this.issuer = issuer;
    this.realm = realm;
    this.email = email;
  }

  /** The account of a name such as {@code gp-admin}. */
  public static SampleAccount named(String name) {
    return Arrays.stream(values())
        .filter(account -> account.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    "no sample account '%s'; there are: %s"
                        .formatted(name, String.join(", ", labels()))));
  }

  /** All names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(SampleAccount::label).toList();
  }

  /** What a person calls it, and its client id at the issuer. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Who vouches for it. */
  public IssuerKind issuer() {
    return issuer;
  }

  /** Google: its domain. Microsoft: its tenant. */
  public String realm() {
    return realm;
  }

  /** Its address: an e-mail, or what a machine without one is invited by. */
  public String email() {
    return email;
  }

  /** What its ID token says beside issuer, audience and times. */
  Map<String, Object> claims() {
    String id = UUID.nameUUIDFromBytes(label().getBytes(StandardCharsets.UTF_8)).toString();
    return switch (this) {
      case SERVICE_ACCOUNT -> Map.of("sub", email, "azp", email, "aud", AUDIENCE);
      case APPLICATION ->
          Map.of("sub", id, "oid", id, "tid", realm, "azp", email, "ver", "2.0", "aud", AUDIENCE);
      case GUEST ->
          with(
              microsoft(id),
              "idp",
              "https://sts.windows.net/5a7ce1e0-0000-4000-8000-000000000009/");
      default -> issuer == IssuerKind.MICROSOFT ? microsoft(id) : google(id);
    };
  }

  private Map<String, Object> microsoft(String id) {
    return Map.of(
        "sub", "sub-" + id, "oid", id, "tid", realm, "preferred_username", email, "aud", AUDIENCE);
  }

  private Map<String, Object> google(String id) {
    Map<String, Object> claims =
        Map.of("sub", id, "email", email, "email_verified", true, "aud", AUDIENCE);
    return realm.endsWith("gserviceaccount.com") ? claims : with(claims, "hd", realm);
  }

  private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
    Map<String, Object> more =
        claims.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    more.put(name, value);
    return Map.copyOf(more);
  }
}
