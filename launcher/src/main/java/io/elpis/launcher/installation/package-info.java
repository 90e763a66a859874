/** The built jars that processes are started from, and the JVM's caches for them. */
@NullMarked
package io.elpis.launcher.installation;

import org.jspecify.annotations.NullMarked;
