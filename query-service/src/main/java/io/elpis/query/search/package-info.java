/**
 * Answers searches from this node's copies: one request names several shards, their hits come back as one list.
 *
 * <p>{@link io.elpis.query.search.NodeSearch} is the door. Nothing here waits; whoever calls decides on which thread.
 */
@NullMarked
package io.elpis.query.search;

import org.jspecify.annotations.NullMarked;
