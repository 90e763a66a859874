/** The platform as its users see it: one HTTP address that wants a token. */
@NullMarked
package io.elpis.launcher.gateway;

import org.jspecify.annotations.NullMarked;
