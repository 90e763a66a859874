/** Tests of the node's gRPC door. */
@NullMarked
package io.elpis.query.node;

import org.jspecify.annotations.NullMarked;
