package uk.progressstream.identity.signin;

import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwt.JwtClaims;

/**
 * An issuer whose ID tokens are taken.
 *
 * @param name its {@code iss}, to the letter
 * @param audience what a token may be for: client ids, or ids of our API
 * @param keys what it signs with
 * @param visitor who verified claims stand for; throws {@link SignInRefused} where they do not say
 */
record TrustedIssuer(
    String name, Set<String> audience, IssuerKeys keys, Function<JwtClaims, Visitor> visitor) {}
