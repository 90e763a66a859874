/** Tests of how a node follows the placement. */
@NullMarked
package io.elpis.query.placement;

import org.jspecify.annotations.NullMarked;
