/** Dead letters: what tells of records that no copy can apply, and how the topic of them is keyed. */
@NullMarked
package io.elpis.protocol.letter;

import org.jspecify.annotations.NullMarked;
