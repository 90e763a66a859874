@NullMarked
package io.elpis.model.shape;

import org.jspecify.annotations.NullMarked;
