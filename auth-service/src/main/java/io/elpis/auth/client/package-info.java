/** The platform's own services as OAuth2 clients. Door: {@code ServiceClients}. */
@NullMarked
package io.elpis.auth.client;

import org.jspecify.annotations.NullMarked;
