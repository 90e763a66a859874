/** The subcommands: options in, one call, words and exit code out. */
@NullMarked
package io.elpis.launcher.command;

import org.jspecify.annotations.NullMarked;
