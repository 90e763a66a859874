/**
 * How a mapping becomes Lucene: documents to fields, query trees to queries, sort keys to sorts.
 *
 * <p>Knows nothing of logs, copies or requests.
 */
@NullMarked
package io.elpis.query.lucene;

import org.jspecify.annotations.NullMarked;
