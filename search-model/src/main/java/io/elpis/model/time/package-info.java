/** Times as requests and mappings write them: durations such as {@code 5s}, dates in named formats, date arithmetic. */
@NullMarked
package io.elpis.model.time;

import org.jspecify.annotations.NullMarked;
