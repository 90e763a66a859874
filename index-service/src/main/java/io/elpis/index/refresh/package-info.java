/** Makes what the log holds visible to searches, on every serving copy. Door: {@link io.elpis.index.refresh.Refresher}. */
@NullMarked
package io.elpis.index.refresh;

import org.jspecify.annotations.NullMarked;
