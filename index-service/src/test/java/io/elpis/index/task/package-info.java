/** Tests of tasks, on a real PostgreSQL. */
@NullMarked
package io.elpis.index.task;

import org.jspecify.annotations.NullMarked;
