@NullMarked
package uk.progressstream.breach.text;

import org.jspecify.annotations.NullMarked;
