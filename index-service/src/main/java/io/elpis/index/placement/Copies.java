package io.elpis.index.placement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The copies of one shard by node, so that no node ever has two of them. */
public record Copies(Map<String, Role> byNode) {
    public static final Copies NONE = new Copies(Map.of());

    public Copies {
        byNode = Collections.unmodifiableMap(new LinkedHashMap<>(byNode));
    }

    public Set<String> holders() {
        return nodes(Role.HOLDER);
    }

    public Set<String> leaving() {
        return nodes(Role.LEAVING);
    }

    private Set<String> nodes(Role role) {
        return byNode.entrySet().stream()
                .filter(copy -> copy.getValue() == role)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
