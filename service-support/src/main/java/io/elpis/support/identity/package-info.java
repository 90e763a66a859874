/** Who is calling: verifies bearer tokens against auth-service's published keys, once a token, and keeps this service's own token fresh. Door: {@code TokenVerifier}, {@code ServiceTokens}. */
@NullMarked
package io.elpis.support.identity;

import org.jspecify.annotations.NullMarked;
