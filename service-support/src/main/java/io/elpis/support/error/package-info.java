/** The edge where failures become OpenSearch's error JSON, for servlet and WebFlux services. Door: {@code ErrorBody}. */
@NullMarked
package io.elpis.support.error;

import org.jspecify.annotations.NullMarked;
