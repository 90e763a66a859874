/** What a caller has seen of each shard, carried from request to request. */
@NullMarked
package io.elpis.protocol.session;

import org.jspecify.annotations.NullMarked;
