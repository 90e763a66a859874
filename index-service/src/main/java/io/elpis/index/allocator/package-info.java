/**
 * The allocator: one index-service instance that holds the pen of the placement log, elected and fenced by Kafka's
 * transactions. It turns the catalog and what nodes report into placements through {@code io.elpis.index.placement}.
 *
 * <p>Watching → (no sign for long enough) take over: fence, read all, append a marker → Leading → (fenced, or the log
 * fails) Watching. Two that take over at once fence one another until one is left; each decides on everything that was
 * committed before it fenced the other, so a duel loses nothing.
 */
@NullMarked
package io.elpis.index.allocator;

import org.jspecify.annotations.NullMarked;
