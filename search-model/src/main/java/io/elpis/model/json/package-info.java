/** How JSON is read and written here: one factory with limits, and mistakes told with line and column. */
@NullMarked
package io.elpis.model.json;

import org.jspecify.annotations.NullMarked;
