/**
 * What became of appended records: follows one serving copy of each shard that has writers waiting, and another when
 * that one dies or falls silent. Door: {@link io.elpis.index.outcome.OutcomeTracker}. Thread-safe; outcomes arrive on the
 * transport's threads and nothing done there blocks.
 */
@NullMarked
package io.elpis.index.outcome;

import org.jspecify.annotations.NullMarked;
