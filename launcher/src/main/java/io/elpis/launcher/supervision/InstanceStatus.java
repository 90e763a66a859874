package io.elpis.launcher.supervision;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one instance. Its components are the columns of {@code status --json}.
 *
 * @param pid null unless it runs
 * @param state {@code ready}, {@code starting}, {@code dead} (it ran and ended by itself or was killed), {@code stopped}
 */
public record InstanceStatus(
        String service, String instance, @Nullable Long pid, int port, String zone, String state, long memoryBytes) {}
