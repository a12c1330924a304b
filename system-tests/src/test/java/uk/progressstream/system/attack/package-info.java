/** Attacks on the running system from outside: ports, peers, SQL, tokens. */
@NullMarked
package uk.progressstream.system.attack;

import org.jspecify.annotations.NullMarked;
