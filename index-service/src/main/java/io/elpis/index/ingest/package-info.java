/**
 * Document writes over REST: one at a time and in bulk. A request is parsed once, checked against the mapping, which
 * grows with it where it is dynamic, appended to its shards' logs as a whole, and answered with what a copy made of it.
 *
 * <p>Once a record was handed to the log its writer is never told that it failed: without an outcome in time the answer
 * is 202 with the operation's id and, where known, its position.
 */
@NullMarked
package io.elpis.index.ingest;

import org.jspecify.annotations.NullMarked;
