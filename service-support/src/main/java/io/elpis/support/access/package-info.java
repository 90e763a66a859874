/** Who may come in over HTTP: one filter for servlet and one for WebFlux services, both driven by the same rules. Door: {@code AccessPolicy}, {@code Callers}. */
@NullMarked
package io.elpis.support.access;

import org.jspecify.annotations.NullMarked;
