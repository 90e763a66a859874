/** A log file that cannot fill the disk. */
@NullMarked
package io.elpis.local.log;

import org.jspecify.annotations.NullMarked;
