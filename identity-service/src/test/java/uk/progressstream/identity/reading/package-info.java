@NullMarked
package uk.progressstream.identity.reading;

import org.jspecify.annotations.NullMarked;
