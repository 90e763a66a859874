/** What the planner and the choice of copies must hold. */
@NullMarked
package io.elpis.aggregator.plan;

import org.jspecify.annotations.NullMarked;
