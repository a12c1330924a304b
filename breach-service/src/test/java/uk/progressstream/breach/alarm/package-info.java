@NullMarked
package uk.progressstream.breach.alarm;

import org.jspecify.annotations.NullMarked;
