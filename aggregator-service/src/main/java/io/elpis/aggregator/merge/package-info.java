/**
 * Makes one page of many answers, and says what is missing from it. Pure.
 *
 * <p>Door: {@link io.elpis.aggregator.merge.PageMerger}.
 */
@NullMarked
package io.elpis.aggregator.merge;

import org.jspecify.annotations.NullMarked;
