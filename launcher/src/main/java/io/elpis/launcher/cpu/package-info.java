/**
 * What a platform's processes cost: {@code CpuReading} is taken before and after, {@code CpuUse} is what lies between.
 * All are values; nothing here keeps a thread.
 */
@NullMarked
package io.elpis.launcher.cpu;

import org.jspecify.annotations.NullMarked;
