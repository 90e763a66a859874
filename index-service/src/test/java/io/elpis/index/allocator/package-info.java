/** The allocator in simulation on a log in memory, and on a real broker. */
@NullMarked
package io.elpis.index.allocator;

import org.jspecify.annotations.NullMarked;
