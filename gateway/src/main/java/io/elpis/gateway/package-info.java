/** The one public door of the platform. */
@NullMarked
package io.elpis.gateway;

import org.jspecify.annotations.NullMarked;
