/** Tests of how queries become Lucene's. */
@NullMarked
package io.elpis.query.lucene;

import org.jspecify.annotations.NullMarked;
