/** Request bodies that are JSON: read with limits, their mistakes told with line and column. */
@NullMarked
package io.elpis.model.body;

import org.jspecify.annotations.NullMarked;
