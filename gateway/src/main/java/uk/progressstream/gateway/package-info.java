/** The one door: TLS for people, mutual TLS to the services, limits on both. */
@NullMarked
package uk.progressstream.gateway;

import org.jspecify.annotations.NullMarked;
