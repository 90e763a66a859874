/** The search request on the wire, and between it and the model: {@code *Wire} classes write and read, and lose nothing. */
@NullMarked
package io.elpis.protocol.search;

import org.jspecify.annotations.NullMarked;
