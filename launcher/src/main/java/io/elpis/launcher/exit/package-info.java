/** How a command ends: exit codes that scripts can trust, and failures told in one sentence. */
@NullMarked
package io.elpis.launcher.exit;

import org.jspecify.annotations.NullMarked;
