/** Plans, scatters, gathers, merges: answers searches and reads over all query nodes as if they were one. */
@NullMarked
package io.elpis.aggregator;

import org.jspecify.annotations.NullMarked;
