package uk.progressstream.identity.signin;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jose4j.jwt.JwtClaims;

/** Claim sets as Google and Entra make them; the ids are invented. */
final class TokenForms {
  static final String TENANT = "5a7ce1e0-0000-4000-8000-0000000000aa";
  static final String HOME_TENANT = "5a7ce1e0-0000-4000-8000-0000000000bb";
  static final String OBJECT = "0b1ec700-0000-4000-8000-000000000001";
  static final String APPLICATION = "a9911ca7-0000-4000-8000-000000000002";
  static final String API = "a9100000-0000-4000-8000-000000000003";
  static final String UNIQUE_ID = "104029384756473829101";
  static final String GOOGLE = "https://accounts.google.com";
  static final String FIRST = "https://sts.windows.net/" + TENANT + "/";
  static final String SECOND = "https://login.microsoftonline.com/" + TENANT + "/v2.0";

  private TokenForms() {}

  /** Of a metadata server without format=full, or of generateIdToken without includeEmail. */
  static Map<String, Object> serviceAccount() {
    return with(
        Map.of(), "iss", GOOGLE, "aud", "progress-stream", "azp", UNIQUE_ID, "sub", UNIQUE_ID);
  }

  static Map<String, Object> serviceAccountWithEmail() {
    return with(
        serviceAccount(), "email", "mis@school.iam.gserviceaccount.com", "email_verified", true);
  }

  /** A person whose app asked for the scope openid alone. */
  static Map<String, Object> googlePersonWithoutEmail() {
    return with(
        Map.of(),
        "iss",
        GOOGLE,
        "aud",
        "progress-stream",
        "azp",
        "1234-abcd.apps.googleusercontent.com",
        "sub",
        "118273645566778899001",
        "hd",
        "school.example");
  }

  /** An app-only access token; idtyp is there only where somebody asked for it. */
  static Map<String, Object> secondVersionApplication() {
    return with(
        Map.of(),
        "iss",
        SECOND,
        "aud",
        API,
        "azp",
        APPLICATION,
        "azpacr",
        "1",
        "oid",
        OBJECT,
        "sub",
        OBJECT,
        "tid",
        TENANT,
        "uti",
        "x",
        "ver",
        "2.0");
  }

  static Map<String, Object> firstVersionApplication() {
    return with(
        Map.of(),
        "iss",
        FIRST,
        "idp",
        FIRST,
        "aud",
        "api://" + API,
        "appid",
        APPLICATION,
        "appidacr",
        "1",
        "oid",
        OBJECT,
        "sub",
        OBJECT,
        "tid",
        TENANT,
        "ver",
        "1.0");
  }

  static Map<String, Object> secondVersionPerson() {
    return with(
        Map.of(),
        "iss",
        SECOND,
        "aud",
        API,
        "name",
        "A teacher",
        "oid",
        OBJECT,
        "preferred_username",
        "T@school.example",
        "sub",
        "pairwise-1",
        "tid",
        TENANT,
        "ver",
        "2.0");
  }

  static Map<String, Object> firstVersionPerson() {
    return with(
        Map.of(),
        "iss",
        FIRST,
        "aud",
        API,
        "amr",
        "[pwd]",
        "oid",
        OBJECT,
        "unique_name",
        "display@school.example",
        "upn",
        "T@school.example",
        "sub",
        "pairwise-1",
        "tid",
        TENANT,
        "ver",
        "1.0");
  }

  /** A teacher of another tenant, whose name there reads like that of this one's head. */
  static Map<String, Object> secondVersionGuest() {
    return with(
        secondVersionPerson(),
        "idp",
        "https://sts.windows.net/" + HOME_TENANT + "/",
        "preferred_username",
        "head@school.example",
        "email",
        "head@school.example",
        "xms_edov",
        true);
  }

  static Map<String, Object> with(Map<String, Object> claims, Object... more) {
    Map<String, Object> all = new TreeMap<>(claims);
    for (int i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  static Map<String, Object> without(Map<String, Object> claims, String... names) {
    Map<String, Object> fewer = new TreeMap<>(claims);
    for (String name : names) {
      fewer.remove(name);
    }
    return fewer;
  }

  static Visitor google(Map<String, Object> claims) {
    return GoogleClaims.visitor(claims(claims), GOOGLE);
  }

  static Visitor microsoft(Map<String, Object> claims) {
    boolean firstVersion = FIRST.equals(claims.get("iss"));
    return MicrosoftClaims.visitor(
        claims(claims), MicrosoftTenant.of(TENANT, Set.of(FIRST, SECOND), firstVersion));
  }

  private static JwtClaims claims(Map<String, Object> members) {
    JwtClaims claims = new JwtClaims();
    members.forEach(claims::setClaim);
    return claims;
  }
}
