/** What users are told to run next. Door: {@link io.elpis.launcher.advice.Advice}. */
@NullMarked
package io.elpis.launcher.advice;

import org.jspecify.annotations.NullMarked;
