/** The shard map against real gRPC servers. */
@NullMarked
package io.elpis.support.topology;

import org.jspecify.annotations.NullMarked;
