/** What people do with the running system, and what must not happen meanwhile. */
@NullMarked
package uk.progressstream.system.story;

import org.jspecify.annotations.NullMarked;
