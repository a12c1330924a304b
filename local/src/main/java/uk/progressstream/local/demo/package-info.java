/** The story that the demo walks, each step real. */
@NullMarked
package uk.progressstream.local.demo;

import org.jspecify.annotations.NullMarked;
