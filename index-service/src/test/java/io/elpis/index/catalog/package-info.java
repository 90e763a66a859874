/** The catalog on a real PostgreSQL, and its way through a real broker. */
@NullMarked
package io.elpis.index.catalog;

import org.jspecify.annotations.NullMarked;
