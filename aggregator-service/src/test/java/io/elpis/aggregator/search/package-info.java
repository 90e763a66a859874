/** What must hold here. */
@NullMarked
package io.elpis.aggregator.search;

import org.jspecify.annotations.NullMarked;
