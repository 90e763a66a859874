/** What went wrong, as a value every service understands: OpenSearch's error types, their HTTP status, the reason. */
@NullMarked
package io.elpis.model.error;

import org.jspecify.annotations.NullMarked;
