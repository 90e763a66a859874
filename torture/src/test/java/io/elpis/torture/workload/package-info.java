@NullMarked
package io.elpis.torture.workload;

import org.jspecify.annotations.NullMarked;
