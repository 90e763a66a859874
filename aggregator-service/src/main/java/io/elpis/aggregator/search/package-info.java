/**
 * A search from request to page: plan, scatter, merge, fetch the winners' content, all before one deadline.
 *
 * <p>Door: {@link io.elpis.aggregator.search.SearchService}.
 */
@NullMarked
package io.elpis.aggregator.search;

import org.jspecify.annotations.NullMarked;
