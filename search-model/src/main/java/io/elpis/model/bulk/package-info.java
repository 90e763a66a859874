/** Bulk requests: newline-delimited action lines and documents, taken apart without copying the documents. */
@NullMarked
package io.elpis.model.bulk;

import org.jspecify.annotations.NullMarked;
