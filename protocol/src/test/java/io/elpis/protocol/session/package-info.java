@NullMarked
package io.elpis.protocol.session;

import org.jspecify.annotations.NullMarked;
