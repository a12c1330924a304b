package uk.progressstream.provisioning.testing;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import uk.progressstream.provisioning.pki.CredentialFiles;

/** A gRPC connection to the service under test over mutual TLS, as one peer. */
public final class PeerChannel implements AutoCloseable {
  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("ps-access-token", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;

  private PeerChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Connects as the peer of this name; a certificate is issued for it on the spot. */
  public static PeerChannel open(URL service, TestKit kit, String peer) {
    CredentialFiles own = kit.filesOf(peer);
    try {
      ChannelCredentials tls =
          TlsChannelCredentials.newBuilder()
              .trustManager(kit.authorityFile().toFile())
              .keyManager(own.certificate().toFile(), own.key().toFile())
              .build();
      return new PeerChannel(
          Grpc.newChannelBuilderForAddress("localhost", service.getPort(), tls).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The connection with an access token that travels along. */
  public Channel withToken(String token) {
    Metadata metadata = new Metadata();
    metadata.put(TOKEN, token);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  /** The connection as it is, for methods that take no scope. */
  public Channel bare() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
