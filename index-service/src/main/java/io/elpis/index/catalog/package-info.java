/**
 * The catalog of indices: rows in PostgreSQL, one transaction a change, published whole and in version order to the
 * compacted topic {@code elpis.catalog} that everybody follows. Door: {@link io.elpis.index.catalog.Catalog}; reading is
 * from memory, so known indices need no database.
 */
@NullMarked
package io.elpis.index.catalog;

import org.jspecify.annotations.NullMarked;
