package uk.progressstream.provisioning.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The one authority of an installation: whoever holds a certificate of it is a process of ours, and
 * the common name says which. EC keys on P-256, signatures ECDSA with SHA-256 (RFC 5280, RFC 5758).
 */
public final class CertificateAuthority {
  private static final Duration OWN_VALIDITY = Duration.ofDays(365);

  private static final Duration RENEWED = Duration.ofDays(60);

  /** Tolerance for a peer whose clock is behind. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private final Credential own;

  private CertificateAuthority(Credential own) {
    this.own = own;
  }

  /** A new authority with a new key. */
  public static CertificateAuthority create(String name) {
    try {
      KeyPair pair = newKeyPair();
      X500Principal subject = new X500Principal("CN=" + name);
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          builder(subject, subject, pair, now.minus(BACKDATED), now.plus(OWN_VALIDITY));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new CertificateAuthority(sign(builder, pair, pair));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot create a certificate authority", e);
    }
  }

  /**
   * The authority that an earlier run left in a directory; a new one that is left there where there
   * is none or where it runs out within 60 days.
   */
  public static CertificateAuthority loadOrCreate(Path directory, String name) throws IOException {
    CredentialFiles files = CredentialFiles.in(directory, "ca");
    if (files.exist()) {
      CertificateAuthority earlier = new CertificateAuthority(files.read());
      if (earlier.lastsLongEnough()) {
        return earlier;
      }
    }
    CertificateAuthority authority = create(name);
    authority.own.writeTo(directory, "ca");
    return authority;
  }

  /**
   * A certificate for servers and clients, from now on.
   *
   * @param commonName the peer's name; also a DNS name in it, beside localhost and 127.0.0.1
   */
  public Credential issue(String commonName, Duration validity) {
    Instant now = Instant.now();
    return issue(commonName, now.minus(BACKDATED), now.plus(validity));
  }

  /** A certificate that ran out a minute ago, for tests of its refusal. */
  public Credential issueExpired(String commonName) {
    Instant now = Instant.now();
    return issue(commonName, now.minus(Duration.ofDays(2)), now.minus(Duration.ofMinutes(1)));
  }

  /** The authority's certificate, PEM; what everybody trusts. */
  public String certificatePem() {
    return own.certificatePem();
  }

  private boolean lastsLongEnough() throws IOException {
    try {
      return own.certificate().getNotAfter().toInstant().isAfter(Instant.now().plus(RENEWED));
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate authority on disk is not readable", e);
    }
  }

  private Credential issue(String commonName, Instant from, Instant until) {
    try {
      X509Certificate issuer = own.certificate();
      KeyPair pair = newKeyPair();
      JcaX509v3CertificateBuilder builder =
          builder(
              issuer.getSubjectX500Principal(),
              new X500Principal("CN=" + commonName),
              pair,
              from,
              until);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(Extension.subjectAlternativeName, false, names(commonName));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
      return sign(builder, new KeyPair(issuer.getPublicKey(), own.key()), pair);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("cannot issue a certificate", e);
    }
  }

  private static GeneralNames names(String commonName) {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
          new GeneralName(GeneralName.dNSName, commonName)
        });
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair pair, Instant from, Instant until)
      throws GeneralSecurityException, CertIOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(from),
            Date.from(until),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return builder;
  }

  private static Credential sign(
      JcaX509v3CertificateBuilder builder, KeyPair signer, KeyPair subject)
      throws GeneralSecurityException, OperatorCreationException {
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    return new Credential(
        Pem.write("CERTIFICATE", certificate.getEncoded()),
        Pem.write("PRIVATE KEY", subject.getPrivate().getEncoded()));
  }

  private static KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}
