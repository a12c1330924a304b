/** Which process is at the other end of a mutual TLS connection. */
@NullMarked
package uk.progressstream.platform.peer;

import org.jspecify.annotations.NullMarked;
