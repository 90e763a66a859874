/** A document as the log carries it: the source bytes and the typed values found in them. */
@NullMarked
package io.elpis.model.document;

import org.jspecify.annotations.NullMarked;
