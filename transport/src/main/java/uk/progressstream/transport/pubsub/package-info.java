/** Over Google Pub/Sub. */
@NullMarked
package uk.progressstream.transport.pubsub;

import org.jspecify.annotations.NullMarked;
