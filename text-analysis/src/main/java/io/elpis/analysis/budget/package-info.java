/** What bounds the time and the memory of an analysis, alike on every machine. */
@NullMarked
package io.elpis.analysis.budget;

import org.jspecify.annotations.NullMarked;
