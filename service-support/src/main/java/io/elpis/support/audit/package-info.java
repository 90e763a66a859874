/** Who did what, and who was refused: one log line each under {@code io.elpis.audit}. */
@NullMarked
package io.elpis.auth.audit;

import org.jspecify.annotations.NullMarked;
