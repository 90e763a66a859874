/**
 * Changes and copies of many documents at once: {@code _delete_by_query}, {@code _update_by_query}, {@code _reindex}.
 *
 * <p>A task reads its source shards from a point in time each ({@link io.elpis.index.byquery.ShardReader}) and writes batch
 * by batch, on the condition that nobody has changed a document since ({@link io.elpis.index.byquery.ByQueryRun}). Each
 * batch is saved before it is written, and each write has a name that follows from the task, the shard and the document, so
 * whoever takes the task over learns what became of the batch that was under way, and the account stays exact.
 */
@NullMarked
package io.elpis.index.byquery;

import org.jspecify.annotations.NullMarked;
