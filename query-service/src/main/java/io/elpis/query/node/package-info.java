/**
 * This node towards the others: the gRPC service, the stream of its state, its health, and how it starts and ends.
 */
@NullMarked
package io.elpis.query.node;

import org.jspecify.annotations.NullMarked;
