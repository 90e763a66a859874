/**
 * Hands out all matching documents of one copy, part by part, from one point in time.
 *
 * <p>{@link io.elpis.query.scan.NodeScan} is the door. Nothing here waits; whoever calls decides on which thread.
 */
@NullMarked
package io.elpis.query.scan;

import org.jspecify.annotations.NullMarked;
