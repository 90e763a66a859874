/** The registry that says which instances of which service exist: a secured Eureka server. */
@NullMarked
package io.elpis.discovery;

import org.jspecify.annotations.NullMarked;
