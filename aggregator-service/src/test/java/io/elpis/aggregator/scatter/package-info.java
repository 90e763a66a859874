/** What must hold here. */
@NullMarked
package io.elpis.aggregator.scatter;

import org.jspecify.annotations.NullMarked;
