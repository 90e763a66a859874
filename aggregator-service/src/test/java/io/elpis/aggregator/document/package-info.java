/** Tests of single documents. */
@NullMarked
package io.elpis.aggregator.document;

import org.jspecify.annotations.NullMarked;
