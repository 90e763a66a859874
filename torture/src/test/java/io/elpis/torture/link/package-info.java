/** Links, tried with real sockets. */
@NullMarked
package io.elpis.torture.link;

import org.jspecify.annotations.NullMarked;
