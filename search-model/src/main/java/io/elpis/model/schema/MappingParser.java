package io.elpis.model.schema;

import static io.elpis.model.schema.FieldParameters.mistake;

import io.elpis.model.body.JsonBody;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads mappings in OpenSearch's form and merges them into what is there: fields are added, never taken away, and a
 * field keeps its type and whatever else documents already rest on.
 */
public final class MappingParser {
    static final int MAX_DEPTH = 20;

    /** Half of a character, which only an escape can say. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private final boolean stored;
    private int nextNumber;

    private MappingParser(int nextNumber, boolean stored) {
        this.nextNumber = nextNumber;
        this.stored = stored;
    }

    /** A new index's mapping; its version is 1, or 0 when it says nothing. */
    public static Mapping parse(byte[] json) {
        return merge(Mapping.EMPTY, json);
    }

    /**
     * The mapping with the update in it.
     *
     * @return with the next version; {@code current} itself when nothing changes
     * @throws ElpisException MAPPER_PARSING for what is no mapping, ILLEGAL_ARGUMENT for what cannot change
     */
    public static Mapping merge(Mapping current, byte[] json) {
        return merge(current, JsonBody.object(json));
    }

    /**
     * The mapping with the fields of another in it, such as one that a document extended. Where documents met a field
     * of different types at once the later merge fails: parse the document again with {@code current} then.
     */
    public static Mapping merge(Mapping current, Mapping other) {
        return merge(current, MappingWriter.write(other));
    }

    static Mapping merge(Mapping current, JsonNode json) {
        JsonNode update = withoutType(json);
        MappingParser parser = new MappingParser(current.nextFieldNumber(), false);
        ObjectNode root = parser.root(current.root(), update);
        boolean dateDetection = update.path("date_detection").asBoolean(current.dateDetection());
        Mapping merged = new Mapping(
                current.version() + 1, root, parser.nextNumber, dateDetection, meta(update, current.meta()));
        if (merged.sameFields(current)) {
            return current;
        }
        CopyTargets.check(merged);
        return merged;
    }

    /** Reads what {@link MappingWriter#stored} wrote: an equal mapping. */
    public static Mapping readStored(byte[] json) {
        JsonNode whole = JsonBody.object(json);
        JsonNode definition = whole.path("mapping");
        int next = whole.path("next_field_number").intValue();
        ObjectNode root = new MappingParser(next, true).root(Mapping.EMPTY.root(), definition);
        boolean dateDetection = definition.path("date_detection").asBoolean(true);
        return new Mapping(whole.path("version").longValue(), root, next, dateDetection, meta(definition, null));
    }

    /** Old clients wrap the mapping in {@code _doc}. */
    private static JsonNode withoutType(JsonNode json) {
        JsonNode inner = json.get("_doc");
        return json.size() == 1 && inner != null && inner.isObject() ? inner : json;
    }

    private ObjectNode root(ObjectNode current, JsonNode update) {
        List<String> unsupported = new ArrayList<>();
        update.forEachEntry((name, value) -> {
            boolean known = switch (name) {
                case "properties", "dynamic", "date_detection", "_meta" -> true;
                case "_source" -> isWholeSource(value);
                default -> false;
            };
            if (!known) {
                unsupported.add("[" + name + " : " + value + "]");
            }
        });
        if (!unsupported.isEmpty()) {
            throw mistake("Root mapping definition has unsupported parameters:  " + String.join(" ", unsupported));
        }
        return object(current, update, "", 1);
    }

    private static @Nullable String meta(JsonNode update, @Nullable String current) {
        JsonNode meta = update.get("_meta");
        if (meta == null) {
            return current;
        }
        if (!meta.isObject()) {
            throw mistake("[_meta] must be an object, got " + meta);
        }
        return LONE_SURROGATE
                .matcher(meta.toString())
                .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    }

    private static boolean isWholeSource(JsonNode value) {
        JsonNode enabled = value.path("enabled");
        boolean isTrue =
                enabled.isBoolean() || enabled.isString() ? enabled.asString().equals("true") : value.isEmpty();
        if (!value.isObject() || value.size() > 1 || !isTrue) {
            throw mistake("[_source] must be {} or {\"enabled\":true}, since documents are always kept as a whole: got "
                    + value);
        }
        return true;
    }

    private ObjectNode object(@Nullable ObjectNode current, JsonNode update, String prefix, int depth) {
        checkDepth(prefix, depth);
        Map<String, MappingNode> properties = new LinkedHashMap<>(current == null ? Map.of() : current.properties());
        JsonNode members = update.path("properties");
        if (!members.isMissingNode() && !members.isObject()) {
            throw mistake("Expected map for property [properties] on field [" + prefix + "] but got " + members);
        }
        members.forEachEntry((name, definition) -> property(properties, name, definition, prefix, depth));
        Dynamic dynamic = dynamic(update.get("dynamic"), current == null ? null : current.dynamic());
        boolean enabled = update.path("enabled").asBoolean(current == null || current.enabled());
        return new ObjectNode(dynamic, enabled, properties);
    }

    /** What is stored may be deeper: names with points were once not counted. */
    private void checkDepth(String prefix, int depth) {
        if (depth > MAX_DEPTH && !stored) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Limit of mapping depth [" + MAX_DEPTH + "] has been exceeded due to object field ["
                            + prefix.substring(0, prefix.length() - 1) + "]");
        }
    }

    private void property(
            Map<String, MappingNode> siblings, String name, JsonNode definition, String prefix, int depth) {
        checkDepth(prefix, depth);
        int dot = name.indexOf('.');
        if (name.isBlank() || dot == 0 || name.endsWith(".")) {
            throw mistake("field name cannot be an empty string or have empty parts: [" + prefix + name + "]");
        }
        if (!definition.isObject()) {
            throw mistake("Expected map for property [fields] on field [" + name + "] but got " + definition);
        }
        if (prefix.isEmpty() && !stored && MetadataFields.reserve(name)) {
            refuseMetadata(siblings, name, dot > 0 || isObject(name, definition));
        }
        if (dot > 0) {
            String first = name.substring(0, dot);
            ObjectNode outer = asObject(siblings.get(first), prefix + first);
            Map<String, MappingNode> inner = new LinkedHashMap<>(outer == null ? Map.of() : outer.properties());
            property(inner, name.substring(dot + 1), definition, prefix + first + '.', depth + 1);
            siblings.put(
                    first,
                    new ObjectNode(outer == null ? null : outer.dynamic(), outer == null || outer.enabled(), inner));
            return;
        }
        MappingNode current = siblings.get(name);
        if (current == null && !stored) {
            MappingLimits.checkPath(prefix, name);
        }
        String path = prefix + name;
        MappingNode merged = isObject(path, definition)
                ? object(asObject(current, path), checkedObject(path, definition), path + '.', depth + 1)
                : leaf(asLeaf(current, path), definition, path);
        siblings.put(name, merged);
    }

    /** Indices have such fields that were made when the name was free. */
    private static void refuseMetadata(Map<String, MappingNode> root, String name, boolean isObject) {
        String reserved = MetadataFields.rootOf(name);
        if (!root.containsKey(reserved)) {
            throw mistake("Field [" + reserved + "] is defined "
                    + (isObject ? "both as an object and a field" : "more than once"));
        }
    }

    private static boolean isObject(String path, JsonNode definition) {
        JsonNode type = definition.get("type");
        if (type != null) {
            return type.asString("").equals("object");
        }
        if (definition.has("properties") || definition.has("dynamic") || definition.has("enabled")) {
            return true;
        }
        throw mistake("No type specified for field [" + path.substring(path.lastIndexOf('.') + 1) + "]");
    }

    private static JsonNode checkedObject(String path, JsonNode definition) {
        for (String name : definition.propertyNames()) {
            switch (name) {
                case "type", "properties", "dynamic", "enabled" -> {}
                default ->
                    throw mistake("unknown parameter [" + name + "] on mapper ["
                            + path.substring(path.lastIndexOf('.') + 1) + "] of type [object]");
            }
        }
        return definition;
    }

    private LeafNode leaf(@Nullable LeafNode current, JsonNode definition, String path) {
        FieldMapping field = field(current == null ? null : current.field(), definition, path);
        Map<String, FieldMapping> fields = new LinkedHashMap<>(current == null ? Map.of() : current.fields());
        definition.path("fields").forEachEntry((name, multiField) -> {
            if (name.isBlank() || name.indexOf('.') >= 0) {
                throw mistake("Field name [" + name + "] which is a multi field of [" + path
                        + "] cannot be empty or contain '.'");
            }
            if (multiField.has("fields") || multiField.path("type").asString("").equals("object")) {
                throw mistake("Type [" + multiField.path("type").asString("") + "] cannot be used in multi field");
            }
            if (!stored && !fields.containsKey(name)) {
                MappingLimits.checkPath("", name);
            }
            fields.put(name, field(fields.get(name), multiField, path + '.' + name));
        });
        return new LeafNode(field, fields);
    }

    private FieldMapping field(@Nullable FieldMapping current, JsonNode definition, String path) {
        JsonNode typeName = definition.get("type");
        if (typeName == null || !typeName.isString()) {
            throw mistake("No type specified for field [" + path.substring(path.lastIndexOf('.') + 1) + "]");
        }
        FieldType type = FieldParameters.type(path, typeName.stringValue());
        if (!stored && definition.has(MappingWriter.NUMBER)) {
            throw mistake("unknown parameter [" + MappingWriter.NUMBER + "] on mapper [" + path + "]");
        }
        if (current != null) {
            return FieldMerge.merge(current, FieldParameters.parse(path, current.number(), type, definition, stored));
        }
        int number = stored ? definition.path(MappingWriter.NUMBER).intValue() : nextNumber++;
        return FieldParameters.parse(path, number, type, definition, stored);
    }

    private static @Nullable ObjectNode asObject(@Nullable MappingNode node, String path) {
        return switch (node) {
            case null -> null;
            case ObjectNode object -> object;
            case LeafNode leaf ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "can't merge a non object mapping [" + path + "] with an object mapping");
        };
    }

    private static @Nullable LeafNode asLeaf(@Nullable MappingNode node, String path) {
        return switch (node) {
            case null -> null;
            case LeafNode leaf -> leaf;
            case ObjectNode object ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "can't merge a non object mapping [" + path + "] with an object mapping");
        };
    }

    private static @Nullable Dynamic dynamic(@Nullable JsonNode value, @Nullable Dynamic current) {
        if (value == null) {
            return current;
        }
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "true" -> Dynamic.TRUE;
            case "false" -> Dynamic.FALSE;
            case "strict" -> Dynamic.STRICT;
            default -> throw mistake("Could not convert [dynamic] to true, false or strict: [" + value + "]");
        };
    }
}
