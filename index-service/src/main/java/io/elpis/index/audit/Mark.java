package io.elpis.index.audit;

import io.elpis.protocol.record.Barrier;

/** A barrier of an audit in a shard's log. */
record Mark(long generation, long offset, Barrier barrier) {}
