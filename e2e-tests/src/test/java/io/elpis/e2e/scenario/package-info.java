/** What users do and what befalls them, from outside, on real processes. */
@NullMarked
package io.elpis.e2e.scenario;

import org.jspecify.annotations.NullMarked;
