/** Appending, and telling a log that stands still from one that flows. */
@NullMarked
package io.elpis.index.log;

import org.jspecify.annotations.NullMarked;
