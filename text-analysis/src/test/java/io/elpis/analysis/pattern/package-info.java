@NullMarked
package io.elpis.analysis.pattern;

import org.jspecify.annotations.NullMarked;
