package uk.progressstream.local.issuer;

import java.util.Map;

/**
 * Where the two issuers are.
 *
 * @param google the Google-like issuer, to the letter
 * @param microsoftAuthority what every tenant's issuer begins with
 */
public record IssuerAddresses(String google, String microsoftAuthority) {

  /** The issuer that vouches for an account. */
  public String of(SampleAccount account) {
    return account.issuer() == IssuerKind.GOOGLE ? google : microsoft();
  }

  /** The Microsoft-like issuer of the one tenant. */
  public String microsoft() {
    return microsoftAuthority + "/" + SampleAccount.TENANT + "/v2.0";
  }

  /** What identity has to know of them. */
  public Map<String, String> environment() {
    return Map.of(
        "PS_IDENTITY_GOOGLE_ISSUER",
        google,
        "PS_IDENTITY_GOOGLE_JWKS",
        google + "/jwks",
        "PS_IDENTITY_GOOGLE_AUDIENCE",
        SampleAccount.AUDIENCE,
        "PS_IDENTITY_MICROSOFT_AUTHORITY",
        microsoftAuthority,
        // Nobody signs tokens of version 1 here, and nobody is asked for their keys elsewhere.
        "PS_IDENTITY_MICROSOFT_FIRST_VERSION_ISSUER",
        microsoftAuthority + "/first",
        "PS_IDENTITY_MICROSOFT_TENANTS",
        SampleAccount.TENANT,
        "PS_IDENTITY_MICROSOFT_AUDIENCE",
        SampleAccount.AUDIENCE);
  }
}
