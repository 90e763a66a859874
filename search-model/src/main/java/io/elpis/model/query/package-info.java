/** The query tree: predicates over documents as immutable values that know nothing of any index's schema. */
@NullMarked
package io.elpis.model.query;

import org.jspecify.annotations.NullMarked;
