/** Over a Kafka cluster of one's own. */
@NullMarked
package uk.progressstream.transport.kafka;

import org.jspecify.annotations.NullMarked;
