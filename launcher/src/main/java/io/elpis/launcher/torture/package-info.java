/**
 * Puts a platform under load and under faults at once, and has the answers judged: {@link
 * io.elpis.launcher.torture.FaultPlan} chooses what goes wrong, by a seed, {@link
 * io.elpis.launcher.torture.FaultInjector} does it to the platform's processes, {@link
 * io.elpis.launcher.torture.TortureRun} is the recipe.
 */
@NullMarked
package io.elpis.launcher.torture;

import org.jspecify.annotations.NullMarked;
