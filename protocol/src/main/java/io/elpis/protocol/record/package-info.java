/** The log record, and between it and the model. */
@NullMarked
package io.elpis.protocol.record;

import org.jspecify.annotations.NullMarked;
