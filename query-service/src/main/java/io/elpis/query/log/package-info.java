/**
 * Kafka as copies see it: one log a partition, followed with plain {@code assign} and {@code seek}. A few consumers are
 * shared by all copies of the node. Nothing but this package and the topics' readers knows Kafka's types.
 */
@NullMarked
package io.elpis.query.log;

import org.jspecify.annotations.NullMarked;
