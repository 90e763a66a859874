/** Ingest over a log and outcomes in memory, with the catalog on a real PostgreSQL. */
@NullMarked
package io.elpis.index.ingest;

import org.jspecify.annotations.NullMarked;
