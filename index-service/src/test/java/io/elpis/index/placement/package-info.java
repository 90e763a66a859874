/** The laws of placement, for drawn worlds and along simulated histories. */
@NullMarked
package io.elpis.index.placement;

import org.jspecify.annotations.NullMarked;
