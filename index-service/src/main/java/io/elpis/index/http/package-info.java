/** What all endpoints share: query parameters as OpenSearch checks them, bodies within a limit, JSON answers. */
@NullMarked
package io.elpis.index.http;

import org.jspecify.annotations.NullMarked;
