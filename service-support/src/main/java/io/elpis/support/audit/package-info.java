/** The audit trail: who did what, and who was refused: one log line each under {@code io.elpis.audit}. */
@NullMarked
package io.elpis.support.audit;

import org.jspecify.annotations.NullMarked;
