package uk.progressstream.identity.signin;

import java.util.Arrays;
import java.util.Optional;

/** Who vouches for a person or machine (policy D11); there is no third. */
public enum Provider {
  /** Google, for people of a Workspace domain and for service accounts. */
  GOOGLE("google"),
  /** Microsoft Entra ID, for people and app registrations of a tenant. */
  MICROSOFT("microsoft");

  private final String code;

  Provider(String code) {
    this.code = code;
  }

  /** The word for it in requests and in the database. */
  public String code() {
    return code;
  }

  /** The provider of a code; empty for any other word. */
  public static Optional<Provider> of(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
