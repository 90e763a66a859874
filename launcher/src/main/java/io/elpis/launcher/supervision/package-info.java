/** Starting, watching and stopping a platform as a whole. Door: {@link io.elpis.launcher.supervision.Platform}. */
@NullMarked
package io.elpis.launcher.supervision;

import org.jspecify.annotations.NullMarked;
