/** Tests of searching copies. */
@NullMarked
package io.elpis.query.search;

import org.jspecify.annotations.NullMarked;
