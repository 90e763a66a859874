/**
 * Single documents by id, in real time: each is asked of a copy of the shard its routing leads to.
 *
 * <p>Door: {@link io.elpis.aggregator.document.DocumentService}.
 */
@NullMarked
package io.elpis.aggregator.document;

import org.jspecify.annotations.NullMarked;
