package io.elpis.model.document;

import io.elpis.model.schema.Dynamic;
import io.elpis.model.schema.MappingNode;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One object of the mapping while a document is read, and what the document adds to it. */
final class Scope {
    private static final ObjectNode NEW = new ObjectNode(null, true, Map.of());

    final String prefix;
    final int depth;
    final Dynamic dynamic;
    private final ObjectNode known;
    private @Nullable Map<String, Scope> below;
    private @Nullable Map<String, LeafNode> added;

    private Scope(String prefix, int depth, Dynamic dynamic, ObjectNode known) {
        this.prefix = prefix;
        this.depth = depth;
        this.dynamic = known.dynamic() != null ? known.dynamic() : dynamic;
        this.known = known;
    }

    static Scope root(ObjectNode root) {
        return new Scope("", 1, Dynamic.TRUE, root);
    }

    boolean enabled() {
        return known.enabled();
    }

    /** The leaf of this name, or the object as far as the mapping knows it; null when there is neither. */
    @Nullable
    MappingNode find(String name) {
        MappingNode node = known.properties().get(name);
        if (node != null) {
            return node;
        }
        LeafNode leaf = added == null ? null : added.get(name);
        if (leaf != null) {
            return leaf;
        }
        Scope scope = below == null ? null : below.get(name);
        return scope == null ? null : scope.known;
    }

    /** The object of this name, new if need be. */
    Scope object(String name) {
        if (below == null) {
            below = new LinkedHashMap<>();
        }
        Scope scope = below.get(name);
        if (scope == null) {
            ObjectNode node = known.properties().get(name) instanceof ObjectNode object ? object : NEW;
            scope = new Scope(prefix + name + '.', depth + 1, dynamic, node);
            below.put(name, scope);
        }
        return scope;
    }

    void add(String name, LeafNode leaf) {
        if (added == null) {
            added = new LinkedHashMap<>();
        }
        added.put(name, leaf);
    }

    /** The object with everything the document added to it. */
    ObjectNode merged() {
        Map<String, MappingNode> properties = new LinkedHashMap<>(known.properties());
        if (below != null) {
            below.forEach((name, scope) -> {
                if (scope.known != NEW || scope.hasLeaves()) {
                    properties.put(name, scope.merged());
                }
            });
        }
        if (added != null) {
            properties.putAll(added);
        }
        return new ObjectNode(known.dynamic(), known.enabled(), properties);
    }

    private boolean hasLeaves() {
        return added != null || below != null && below.values().stream().anyMatch(Scope::hasLeaves);
    }
}
