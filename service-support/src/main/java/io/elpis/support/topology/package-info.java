/**
 * Who is there: a live map of shard copies, kept by one gRPC stream to each query node. Discovery says which nodes exist
 * and nothing faster hangs on it.
 *
 * <p>Doors: {@link io.elpis.support.topology.ShardMapKeeper} hands out {@link io.elpis.support.topology.ShardMap}
 * snapshots and tells of changes; a {@link io.elpis.support.topology.LiveNode} takes calls. A service that wants them
 * imports {@link io.elpis.support.topology.TopologyConfiguration}. Snapshots may be read by any thread.
 */
@NullMarked
package io.elpis.support.topology;

import org.jspecify.annotations.NullMarked;
