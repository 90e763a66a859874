/** How much a request may bring. Door: {@code BodyLimitFilter}. */
@NullMarked
package io.elpis.gateway.limit;

import org.jspecify.annotations.NullMarked;
