/** A whole platform of real processes, driven as a user drives it: by the {@code elpis} command and by HTTP. */
@NullMarked
package io.elpis.e2e.platform;

import org.jspecify.annotations.NullMarked;
