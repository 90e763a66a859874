/** Index administration over REST: create, show, delete; mappings, settings; refresh. */
@NullMarked
package io.elpis.index.administration;

import org.jspecify.annotations.NullMarked;
