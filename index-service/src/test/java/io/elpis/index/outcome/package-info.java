/** Following outcomes over copies that die and fall silent. */
@NullMarked
package io.elpis.index.outcome;

import org.jspecify.annotations.NullMarked;
