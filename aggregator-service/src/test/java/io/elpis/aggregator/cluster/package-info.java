/** Searches over real gRPC against nodes that are slow, fail, or die on command. */
@NullMarked
package io.elpis.aggregator.cluster;

import org.jspecify.annotations.NullMarked;
