@NullMarked
package io.elpis.analysis.budget;

import org.jspecify.annotations.NullMarked;
