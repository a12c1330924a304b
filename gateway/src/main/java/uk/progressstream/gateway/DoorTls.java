package uk.progressstream.gateway;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;

/**
 * Certificates of both sides.
 *
 * @param shown what people see
 * @param own what the services know us by
 * @param services who signs the services
 */
record DoorTls(KeyCertOptions shown, KeyCertOptions own, TrustOptions services) {}
