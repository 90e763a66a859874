/** Bodies of requests, and the room for them. */
@NullMarked
package io.elpis.index.http;

import org.jspecify.annotations.NullMarked;
