/** The catalog as nodes tell it. */
@NullMarked
package io.elpis.support.catalog;

import org.jspecify.annotations.NullMarked;
