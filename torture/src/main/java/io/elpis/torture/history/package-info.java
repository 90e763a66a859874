/** What concurrent clients asked for and what they were told: the material that a verdict rests on. */
@NullMarked
package io.elpis.torture.history;

import org.jspecify.annotations.NullMarked;
