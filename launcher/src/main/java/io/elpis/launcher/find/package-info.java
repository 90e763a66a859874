/** Searching from the command line: which fields to ask, and hits for people. Door: {@link io.elpis.launcher.find.Search}. */
@NullMarked
package io.elpis.launcher.find;

import org.jspecify.annotations.NullMarked;
