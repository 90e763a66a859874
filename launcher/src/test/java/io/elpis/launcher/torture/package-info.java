@NullMarked
package io.elpis.launcher.torture;

import org.jspecify.annotations.NullMarked;
