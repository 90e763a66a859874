/** The {@code elpis} command. Door: {@link io.elpis.launcher.Elpis}. */
@NullMarked
package io.elpis.launcher;

import org.jspecify.annotations.NullMarked;
