package uk.progressstream.identity.invitation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invitation as the school's admins see it.
 *
 * @param issuer {@code google} or {@code microsoft}
 * @param realm the domain or tenant
 * @param address the e-mail or application id
 * @param state {@code open}, {@code bound}, {@code expired} or {@code revoked}
 * @param account who took it up; null until then
 */
public record Invitation(
    UUID id,
    UUID school,
    String role,
    String issuer,
    String realm,
    String address,
    String state,
    OffsetDateTime invitedAt,
    OffsetDateTime expiresAt,
    @JsonInclude @Nullable UUID account,
    @JsonInclude @Nullable OffsetDateTime boundAt) {

  boolean sameRequest(Addressee addressee, String askedRole) {
    return issuer.equals(addressee.provider().code())
        && realm.equals(addressee.realm())
        && address.equals(addressee.address())
        && role.equals(askedRole);
  }
}
