/** Tests of the service as a whole. */
@NullMarked
package io.elpis.aggregator;

import org.jspecify.annotations.NullMarked;
