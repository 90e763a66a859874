/** A platform on disk: its directory, shape, ports and secrets. */
@NullMarked
package io.elpis.launcher.platform;

import org.jspecify.annotations.NullMarked;
