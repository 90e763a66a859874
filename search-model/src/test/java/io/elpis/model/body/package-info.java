@NullMarked
package io.elpis.model.body;

import org.jspecify.annotations.NullMarked;
