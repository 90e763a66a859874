/** People: names, password hashes, scopes, kept in PostgreSQL and administered over REST. Door: {@code Accounts}. */
@NullMarked
package io.elpis.auth.account;

import org.jspecify.annotations.NullMarked;
