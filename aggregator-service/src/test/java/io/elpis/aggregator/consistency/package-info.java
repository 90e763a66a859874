@NullMarked
package io.elpis.aggregator.consistency;

import org.jspecify.annotations.NullMarked;
