/** Ports for programs that must know theirs before they start. */
@NullMarked
package uk.progressstream.provisioning.ports;

import org.jspecify.annotations.NullMarked;
