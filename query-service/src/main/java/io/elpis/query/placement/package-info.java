/**
 * Which copies this node holds: follows the placement log and opens, closes and deletes copies accordingly.
 *
 * <p>{@link io.elpis.query.placement.NodeCopies} is the door to the copies themselves.
 */
@NullMarked
package io.elpis.query.placement;

import org.jspecify.annotations.NullMarked;
