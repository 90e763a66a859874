/** Tests of the service as a whole. */
@NullMarked
package io.elpis.index;

import org.jspecify.annotations.NullMarked;
