/**
 * Measures searches of a running platform. {@code Bench} lets clients search, each from a thread of its own, and
 * {@code BenchReport} tells what came of it; what is counted is bounded, however long a run takes.
 */
@NullMarked
package io.elpis.launcher.bench;

import org.jspecify.annotations.NullMarked;
