/** This node's copy of the catalog, which it follows and hands on, so that searching needs no database. */
@NullMarked
package io.elpis.query.catalog;

import org.jspecify.annotations.NullMarked;
