/**
 * How fresh a request's reads must be: eventual, as its session has seen, or strong.
 *
 * <p>Door: {@link io.elpis.aggregator.consistency.Reading}.
 */
@NullMarked
package io.elpis.aggregator.consistency;

import org.jspecify.annotations.NullMarked;
