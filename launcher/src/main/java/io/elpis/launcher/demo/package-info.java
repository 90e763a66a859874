/** A walk through the platform over real pages. Door: {@link io.elpis.launcher.demo.Demo}. */
@NullMarked
package io.elpis.launcher.demo;

import org.jspecify.annotations.NullMarked;
