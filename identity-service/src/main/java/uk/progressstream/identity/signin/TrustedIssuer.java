package uk.progressstream.identity.signin;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jose4j.jwt.JwtClaims;

/**
 * An issuer whose ID tokens are taken.
 *
 * @param name its {@code iss}, to the letter
 * @param audience the client ids that a token may be for
 * @param keys what it signs with
 * @param visitor who verified claims stand for; empty if they lack what an account is keyed on
 */
record TrustedIssuer(
    String name,
    Set<String> audience,
    IssuerKeys keys,
    Function<JwtClaims, Optional<Visitor>> visitor) {}
