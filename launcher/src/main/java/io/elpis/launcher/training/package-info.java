/** What a platform does while the JVM learns for its caches. */
@NullMarked
package io.elpis.launcher.training;

import org.jspecify.annotations.NullMarked;
