/** Signing keys and what is signed with them. Door: {@code TokenMint}. */
@NullMarked
package io.elpis.auth.token;

import org.jspecify.annotations.NullMarked;
