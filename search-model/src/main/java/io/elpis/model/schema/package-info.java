/** What an index is: its name, settings, analysis and mapping. Values; a change makes a new one with a higher version. */
@NullMarked
package io.elpis.model.schema;

import org.jspecify.annotations.NullMarked;
