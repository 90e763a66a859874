/**
 * What the platform looks like from here, in the forms OpenSearch's clients and admins know: banner, {@code _cat},
 * cluster health, and the shard map as it is. The banner says {@code distribution: opensearch} and a version whose core API
 * this is, because clients refuse to talk to anything else.
 */
@NullMarked
package io.elpis.index.overview;

import org.jspecify.annotations.NullMarked;
