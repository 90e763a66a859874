/** How JSON is taken apart and written here: one factory, with limits. */
@NullMarked
package io.elpis.model.json;

import org.jspecify.annotations.NullMarked;
