/**
 * Lucene analyzers from an index's analysis settings, for the nodes and for whoever turns text into terms elsewhere.
 * {@link io.elpis.analysis.Analyzers} is the door; analyzers may be shared by threads.
 */
@NullMarked
package io.elpis.analysis;

import org.jspecify.annotations.NullMarked;
