@NullMarked
package uk.progressstream.breach.scope;

import org.jspecify.annotations.NullMarked;
