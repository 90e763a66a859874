/** What a caller asks of an answer's looks: {@code pretty} and {@code filter_path}. */
@NullMarked
package io.elpis.model.shape;

import org.jspecify.annotations.NullMarked;
