/** What happens before a service begins: checks without which it refuses to, and its crypto. */
@NullMarked
package uk.progressstream.platform.startup;

import org.jspecify.annotations.NullMarked;
