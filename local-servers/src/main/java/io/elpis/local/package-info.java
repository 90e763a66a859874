/** What the two local servers share: the file that configures an instance. */
@NullMarked
package io.elpis.local;

import org.jspecify.annotations.NullMarked;
