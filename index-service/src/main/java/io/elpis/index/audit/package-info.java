/**
 * Compares the copies of a shard. An audit appends a barrier to the shard's log; each copy remembers what it held there, so
 * that copies are compared at the same position while writes go on. What differs is built again from the log, for the log is
 * what counts. Door: {@link io.elpis.index.audit.Audits}. The allocator's instance audits everything now and then; the newest
 * findings are kept in PostgreSQL, one row a shard.
 */
@NullMarked
package io.elpis.index.audit;

import org.jspecify.annotations.NullMarked;
