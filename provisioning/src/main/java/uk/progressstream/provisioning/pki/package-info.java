/** Certificates for mutual TLS between all processes of one installation. */
@NullMarked
package uk.progressstream.provisioning.pki;

import org.jspecify.annotations.NullMarked;
