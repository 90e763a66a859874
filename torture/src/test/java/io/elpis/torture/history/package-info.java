@NullMarked
package io.elpis.torture.history;

import org.jspecify.annotations.NullMarked;
