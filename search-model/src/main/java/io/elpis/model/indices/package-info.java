/** What a request may say in place of one index, and which indices that means. */
@NullMarked
package io.elpis.model.indices;

import org.jspecify.annotations.NullMarked;
