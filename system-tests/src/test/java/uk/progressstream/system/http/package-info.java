/** HTTP as RFC 9110 has it, on every route, through the gateway and straight at the services. */
@NullMarked
package uk.progressstream.system.http;

import org.jspecify.annotations.NullMarked;
