@NullMarked
package io.elpis.torture.client;

import org.jspecify.annotations.NullMarked;
