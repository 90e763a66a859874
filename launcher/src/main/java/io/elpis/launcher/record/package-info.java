/** Records to load, read out of files of several formats. Door: {@link io.elpis.launcher.record.Inputs}. */
@NullMarked
package io.elpis.launcher.record;

import org.jspecify.annotations.NullMarked;
