/** Tests of the copy as a state machine, and what they are made of. */
@NullMarked
package io.elpis.query.replica;

import org.jspecify.annotations.NullMarked;
