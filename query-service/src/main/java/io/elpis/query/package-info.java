/**
 * The query service: a node that owns Lucene copies of shards.
 *
 * <p>{@code placement} says which copies this node holds, {@code log} brings their records, {@code replica} applies them,
 * {@code search} answers from them and {@code node} opens the gRPC door.
 */
@NullMarked
package io.elpis.query;

import org.jspecify.annotations.NullMarked;
