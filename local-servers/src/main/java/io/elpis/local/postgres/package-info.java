/**
 * One PostgreSQL server on a directory that is kept from start to start. Door: {@link
 * io.elpis.local.postgres.PostgresServer}.
 */
@NullMarked
package io.elpis.local.postgres;

import org.jspecify.annotations.NullMarked;
