/** What a query node does for the others, and between its messages and the model. */
@NullMarked
package io.elpis.protocol.node;

import org.jspecify.annotations.NullMarked;
