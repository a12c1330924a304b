package uk.progressstream.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.HostAndPort;

/**
 * A request as if it had named our own address: the links that a service makes then lead back here,
 * whatever the caller wrote. Done before the proxy sees it, since the proxy would tell the service
 * of a name that it replaced, as {@code X-Forwarded-Host}; and it can't do without a name.
 */
final class AddressedToUs extends HttpServerRequestWrapper {
  private final HostAndPort ourAddress;

  AddressedToUs(HttpServerRequest request, HostAndPort ourAddress) {
    super((HttpServerRequestInternal) request);
    this.ourAddress = ourAddress;
  }

  @Override
  public HostAndPort authority() {
    return ourAddress;
  }
}
