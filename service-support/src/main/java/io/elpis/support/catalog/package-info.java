/**
 * Which indices there are, as the query nodes know it from the catalog's topic: searching needs neither PostgreSQL nor
 * Kafka to be up.
 *
 * <p>Door: {@link io.elpis.support.catalog.CatalogKeeper}, which hands out {@link io.elpis.support.catalog.CatalogView}
 * snapshots. A service that wants one imports {@link io.elpis.support.catalog.CatalogConfiguration}. Snapshots may be
 * read by any thread.
 */
@NullMarked
package io.elpis.support.catalog;

import org.jspecify.annotations.NullMarked;
