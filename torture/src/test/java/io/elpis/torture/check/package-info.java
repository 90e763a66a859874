/** The judges, tried on histories that are known to be good and on such that are known to be bad. */
@NullMarked
package io.elpis.torture.check;

import org.jspecify.annotations.NullMarked;
