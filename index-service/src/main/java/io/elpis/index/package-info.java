/** The index service: catalog of indices, ingest into the log, outcomes, placement of copies. */
@NullMarked
package io.elpis.index;

import org.jspecify.annotations.NullMarked;
