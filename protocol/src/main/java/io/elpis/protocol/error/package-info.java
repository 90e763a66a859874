/** Failures between services: gRPC status and trailers that keep code, reason and details. */
@NullMarked
package io.elpis.protocol.error;

import org.jspecify.annotations.NullMarked;
