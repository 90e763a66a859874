/** Processes of this machine: starting, recognising, probing, ending them. */
@NullMarked
package io.elpis.launcher.process;

import org.jspecify.annotations.NullMarked;
