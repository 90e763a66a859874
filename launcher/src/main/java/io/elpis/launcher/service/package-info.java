/** Which processes a platform consists of, what each is told, and what each needs before it starts. */
@NullMarked
package io.elpis.launcher.service;

import org.jspecify.annotations.NullMarked;
