package uk.progressstream.identity.setting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** {@code PS_IDENTITY_…}. */
@ConfigMapping(prefix = "ps.identity")
public interface IdentitySettings {
  /** JSON file: service to key id to 32 bytes in hex; of several ids the highest seals. */
  Path sealKeys();

  /** PEM file of EC P-256 keys in PKCS#8: the first signs, all are published. */
  Path signingKey();

  /** JSON file with the company's staff. */
  Path staff();

  /** PEM file with the authorities that vouch for the two issuers. */
  Path issuersCa();

  /** Sign-in with Google. */
  Google google();

  /** Sign-in with Microsoft. */
  Microsoft microsoft();

  /** {@code PS_IDENTITY_GOOGLE_…}. */
  interface Google {
    /** The {@code iss} of its tokens, to the letter. */
    String issuer();

    /** Where its keys are. */
    URI jwks();

    /** Client ids that a token may be for. */
    Set<String> audience();
  }

  /** {@code PS_IDENTITY_MICROSOFT_…}. */
  interface Microsoft {
    /** What the issuer of every tenant begins with, and where its discovery documents are. */
    URI authority();

    /** What the issuer of every tenant's tokens of version 1 begins with. */
    @WithDefault("https://sts.windows.net")
    URI firstVersionIssuer();

    /** Ids of the tenants that may sign in. */
    Set<String> tenants();

    /**
     * What a token may be for: client ids, and the application id of the API that a school's system
     * asks for, with such id URIs of it as are not {@code api://} and that id.
     */
    Set<String> audience();
  }
}
