/** Sending records in bulk, in parallel, with patience. Door: {@link io.elpis.launcher.load.Loader}. */
@NullMarked
package io.elpis.launcher.load;

import org.jspecify.annotations.NullMarked;
