package uk.progressstream.identity.invitation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * Who is invited, as a request says it.
 *
 * @param issuer {@code google} or {@code microsoft}
 * @param domain a Google Workspace domain, {@code gmail.com}, or that of a project's service
 *     accounts
 * @param tenant id of a Microsoft tenant
 * @param email a person's or service account's
 * @param application instead of an e-mail, the application id of an Entra app registration
 * @param serviceAccount instead of domain and e-mail, the unique id of a Google service account
 * @param role ignored for a first admin
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Invitee(
    @Nullable String issuer,
    @Nullable String domain,
    @Nullable String tenant,
    @Nullable String email,
    @Nullable String application,
    @Nullable String serviceAccount,
    @Nullable String role) {
  /** Names nobody; refused as such. */
  static final Invitee NOBODY = new Invitee(null, null, null, null, null, null, null);
}
