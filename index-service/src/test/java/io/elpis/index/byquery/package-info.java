/** Tests of tasks by query, on shards in memory. */
@NullMarked
package io.elpis.index.byquery;

import org.jspecify.annotations.NullMarked;
