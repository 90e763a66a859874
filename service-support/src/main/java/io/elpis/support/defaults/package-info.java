/** Settings that every service starts with, in one file; anything a service or its operator sets wins over them. */
@NullMarked
package io.elpis.support.defaults;

import org.jspecify.annotations.NullMarked;
