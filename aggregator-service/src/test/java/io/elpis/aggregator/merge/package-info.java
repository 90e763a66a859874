/** What must hold here. */
@NullMarked
package io.elpis.aggregator.merge;

import org.jspecify.annotations.NullMarked;
