/** Requests that are nearly right: what breaks them, and what has to become of them. */
@NullMarked
package io.elpis.model.mutation;

import org.jspecify.annotations.NullMarked;
