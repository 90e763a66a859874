/**
 * Clients that write while something is broken, and an account of what they were told, to be held against what the
 * platform has afterwards. Doors: {@link io.elpis.e2e.fire.Writers}, {@link io.elpis.e2e.fire.Brokers}.
 */
@NullMarked
package io.elpis.e2e.fire;

import org.jspecify.annotations.NullMarked;
