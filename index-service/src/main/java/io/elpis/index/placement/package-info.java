/**
 * Decides which node holds which copy: a pure function from shards wanted, nodes and present placement to the next
 * placement. Knows neither Kafka nor clocks; {@link io.elpis.index.placement.NodeRoll} turns sightings and a monotonic
 * time into availability.
 */
@NullMarked
package io.elpis.index.placement;

import org.jspecify.annotations.NullMarked;
