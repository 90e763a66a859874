/** Tests of dead letters. */
@NullMarked
package io.elpis.index.deadletter;

import org.jspecify.annotations.NullMarked;
