/** One Kafka broker (KRaft) with settings for a single machine. Door: {@link io.elpis.local.kafka.KafkaServer}. */
@NullMarked
package io.elpis.local.kafka;

import org.jspecify.annotations.NullMarked;
