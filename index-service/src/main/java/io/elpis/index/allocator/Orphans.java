package io.elpis.index.allocator;

import io.elpis.model.schema.IndexUuid;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How long topics have been without an index, as far as one process has seen. Owned by one thread. */
final class Orphans {
    private final long ageNanos;
    private final Map<IndexUuid, Long> since = new HashMap<>();

    Orphans(Duration age) {
        ageNanos = age.toNanos();
    }

    /** @return of those without an index now the ones that have been so each time for long enough */
    Set<IndexUuid> due(Collection<IndexUuid> strays, long nowNanos) {
        since.keySet().retainAll(strays);
        strays.forEach(stray -> since.putIfAbsent(stray, nowNanos));
        return since.entrySet().stream()
                .filter(stray -> nowNanos - stray.getValue() >= ageNanos)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
