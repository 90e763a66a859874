@NullMarked
package io.elpis.index.overview;

import org.jspecify.annotations.NullMarked;
