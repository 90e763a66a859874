/** Lets HTTP Basic in by exchanging it for a token; verifying tokens is what every service does anyway. */
@NullMarked
package io.elpis.gateway.authentication;

import org.jspecify.annotations.NullMarked;
