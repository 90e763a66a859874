/** A search request as a value: query, paging, order, and what the hits bring along. */
@NullMarked
package io.elpis.model.search;

import org.jspecify.annotations.NullMarked;
