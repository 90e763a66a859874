/** A real Kafka broker for tests, in a process of its own. */
@NullMarked
package io.elpis.index.broker;

import org.jspecify.annotations.NullMarked;
