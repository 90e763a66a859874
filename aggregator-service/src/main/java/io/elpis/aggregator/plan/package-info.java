/**
 * Which shards a request concerns, and which copy of each is asked. Pure: catalog, shard map, readings and randomness
 * come in, a choice goes out.
 *
 * <p>Doors: {@link io.elpis.aggregator.plan.SearchPlanner} makes the list of shards,
 * {@link io.elpis.aggregator.plan.CopyChoice} spreads it over nodes.
 */
@NullMarked
package io.elpis.aggregator.plan;

import org.jspecify.annotations.NullMarked;
