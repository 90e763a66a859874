/** Scans over copies fed by logs in memory. */
@NullMarked
package io.elpis.query.scan;

import org.jspecify.annotations.NullMarked;
