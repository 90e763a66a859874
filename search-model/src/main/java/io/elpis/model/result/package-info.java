/** Hits of a search, the order they stand in, and the laws of merging them. */
@NullMarked
package io.elpis.model.result;

import org.jspecify.annotations.NullMarked;
