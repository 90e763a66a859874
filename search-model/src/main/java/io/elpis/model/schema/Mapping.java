package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an index: a tree of objects and leaves, and the leaves by full path and by number.
 *
 * <p>Immutable. A change makes a mapping with a higher version; field numbers are given out once and never reused.
 */
public final class Mapping {
    public static final Mapping EMPTY = new Mapping(0, new ObjectNode(null, true, Map.of()), 1, true);

    private final long version;
    private final ObjectNode root;
    private final int nextFieldNumber;
    private final boolean dateDetection;
    private final @Nullable String meta;
    private final Map<String, FieldMapping> fields = new LinkedHashMap<>();
    private final Map<Integer, FieldMapping> fieldsByNumber = new HashMap<>();
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    /** 0 until somebody asks; whoever asks at the same time finds the same. */
    private volatile long storedBytes;

    /** Without {@code _meta}. */
    public Mapping(long version, ObjectNode root, int nextFieldNumber, boolean dateDetection) {
        this(version, root, nextFieldNumber, dateDetection, null);
    }

    /**
     * @param root the top level; its {@code dynamic} may be null, which means true
     * @param nextFieldNumber above every number ever given out
     * @param meta for readers alone: a JSON object, or null
     */
    public Mapping(long version, ObjectNode root, int nextFieldNumber, boolean dateDetection, @Nullable String meta) {
        this.version = version;
        this.root = root;
        this.nextFieldNumber = nextFieldNumber;
        this.dateDetection = dateDetection;
        this.meta = meta;
        collect("", root);
    }

    private void collect(String prefix, ObjectNode object) {
        object.properties().forEach((name, node) -> {
            switch (node) {
                case ObjectNode below -> {
                    objects.put(prefix + name, below);
                    collect(prefix + name + '.', below);
                }
                case LeafNode(FieldMapping field, Map<String, FieldMapping> multiFields) -> {
                    add(field);
                    multiFields.values().forEach(this::add);
                }
            }
        });
    }

    private void add(FieldMapping field) {
        if (field.number() >= nextFieldNumber
                || fields.put(field.path(), field) != null
                || fieldsByNumber.put(field.number(), field) != null) {
            throw new IllegalArgumentException("field " + field.path() + " has a number or path that is not its own");
        }
    }

    /** 0 for an empty mapping; grows with every change. */
    public long version() {
        return version;
    }

    public ObjectNode root() {
        return root;
    }

    /** The top level's rule. */
    public Dynamic dynamic() {
        Dynamic dynamic = root.dynamic();
        return dynamic == null ? Dynamic.TRUE : dynamic;
    }

    public int nextFieldNumber() {
        return nextFieldNumber;
    }

    /** Whether a dynamic text that looks like a date becomes a DATE field. */
    public boolean dateDetection() {
        return dateDetection;
    }

    /** The JSON object that the mapping was given for its readers, {@code _meta}; null when none. */
    public @Nullable String meta() {
        return meta;
    }

    /** The leaf at this full path, multi-fields included. */
    public @Nullable FieldMapping field(String path) {
        return fields.get(path);
    }

    public @Nullable FieldMapping field(int number) {
        return fieldsByNumber.get(number);
    }

    /** The object at this full path. */
    public @Nullable ObjectNode object(String path) {
        return objects.get(path);
    }

    /** All leaves in mapping order, multi-fields after their field. */
    public Collection<FieldMapping> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /** Objects and leaves, as the limit of total fields counts them. */
    public int totalFields() {
        return fields.size() + objects.size();
    }

    /**
     * Bytes that log and catalog keep of it: as many as {@link MappingWriter#stored} writes or, where documents extended
     * it, a few more for each field that they added.
     */
    public long storedBytes() {
        if (storedBytes == 0) {
            storedBytes = MappingWriter.stored(this).length;
        }
        return storedBytes;
    }

    /**
     * The next version, with what a document added.
     *
     * @throws ElpisException when what was added is a target of {@code copy_to} and cannot be one
     * @throws IllegalStateException when something that is here would not be there as it is
     */
    public Mapping extended(ObjectNode newRoot, int nextNumber) {
        Mapping extended = new Mapping(version + 1, newRoot, nextNumber, dateDetection, meta);
        fields.forEach((path, field) -> requireKept(path, field.equals(extended.field(path))));
        objects.keySet().forEach(path -> requireKept(path, extended.object(path) != null));
        CopyTargets.checkExtension(this, extended);
        extended.storedBytes = storedBytes() + MappingGrowth.bytes(this, extended);
        return extended;
    }

    private static void requireKept(String path, boolean kept) {
        if (!kept) {
            throw new IllegalStateException("field [" + path + "] would be lost");
        }
    }

    public Mapping withVersion(long newVersion) {
        return new Mapping(newVersion, root, nextFieldNumber, dateDetection, meta);
    }

    /** Equal but for the version. */
    public boolean sameFields(Mapping other) {
        return root.equals(other.root)
                && nextFieldNumber == other.nextFieldNumber
                && dateDetection == other.dateDetection
                && Objects.equals(meta, other.meta);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mapping that && version == that.version && sameFields(that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, nextFieldNumber);
    }

    @Override
    public String toString() {
        return "Mapping[version=" + version + ", fields=" + fields.keySet() + "]";
    }
}
