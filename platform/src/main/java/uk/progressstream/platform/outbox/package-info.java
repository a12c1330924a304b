/** Events, written in the transaction that they tell of and relayed once it is committed. */
@NullMarked
package uk.progressstream.platform.outbox;

import org.jspecify.annotations.NullMarked;
