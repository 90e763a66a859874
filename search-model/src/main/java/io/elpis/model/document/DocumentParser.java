package io.elpis.model.document;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import io.elpis.model.query.Scalar;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingLimits;
import io.elpis.model.schema.MappingNode;
import io.elpis.model.schema.MappingNode.LeafNode;
import io.elpis.model.schema.MappingNode.ObjectNode;
import io.elpis.model.schema.MetadataFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/**
 * Reads a document once, in one pass over its bytes, and finds its mapped values. Texts without escapes are not even
 * decoded: they are places in the source.
 */
public final class DocumentParser {
    private static final int MAX_DEPTH = 20;
    private static final int PREVIEW_LENGTH = 100;

    private final String id;
    private final byte[] source;
    private final Mapping mapping;
    private final JsonParser parser;
    private final JsonValue value;
    private final Scope root;
    private final DynamicFields dynamicFields;
    private final boolean extending;
    private final int fieldsLimit;
    private final FieldValues values = new FieldValues();

    private DocumentParser(
            Mapping mapping, String id, byte[] source, JsonParser parser, boolean extending, int fieldsLimit) {
        this.mapping = mapping;
        this.id = id;
        this.source = source;
        this.parser = parser;
        this.value = new JsonValue(source, parser);
        this.root = Scope.root(mapping.root());
        this.dynamicFields = new DynamicFields(mapping.dateDetection(), mapping.nextFieldNumber());
        this.extending = extending;
        this.fieldsLimit = fieldsLimit;
    }

    /**
     * @param id for errors
     * @param source becomes the document's own; not to be changed
     * @throws ElpisException MAPPER_PARSING, STRICT_DYNAMIC_MAPPING or ILLEGAL_ARGUMENT when it does not fit
     */
    public static ParseOutcome parse(Mapping mapping, String id, byte[] source) {
        return parse(mapping, id, source, true, Integer.MAX_VALUE);
    }

    /**
     * The document is a part of {@code bytes}, which is copied.
     *
     * @param fieldsLimit most fields the mapping may have: no more are made while the document is read. Objects are not
     *     counted here
     */
    public static ParseOutcome parse(
            Mapping mapping, String id, byte[] bytes, int offset, int length, int fieldsLimit) {
        boolean whole = offset == 0 && length == bytes.length;
        byte[] source = whole ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
        return parse(mapping, id, source, true, fieldsLimit);
    }

    /**
     * With this mapping and no other: what would add a field to it does not fit.
     *
     * @throws ElpisException as {@link #parse(Mapping, String, byte[])}
     */
    public static ParsedDocument parseKnown(Mapping mapping, String id, byte[] source) {
        return parse(mapping, id, source, false, Integer.MAX_VALUE).document();
    }

    private static ParseOutcome parse(Mapping mapping, String id, byte[] source, boolean extending, int fieldsLimit) {
        try (JsonParser parser = Json.parser(source)) {
            return new DocumentParser(mapping, id, source, parser, extending, fieldsLimit).parse();
        } catch (JacksonException e) {
            throw ParsingFailure.malformed(e);
        }
    }

    private ParseOutcome parse() {
        ParsingFailure.requireObject(parser);
        object(root);
        ParsingFailure.requireEnd(parser);
        ParsedDocument document = new ParsedDocument(source, values.fields(source));
        boolean extended = dynamicFields.nextNumber() > mapping.nextFieldNumber();
        return new ParseOutcome(
                document, extended ? mapping.extended(root.merged(), dynamicFields.nextNumber()) : mapping);
    }

    private void object(Scope scope) {
        MemberNames seen = new MemberNames();
        String name;
        while ((name = parser.nextName()) != null) {
            if (!seen.add(name)) {
                throw ParsingFailure.duplicate(name, parser);
            }
            parser.nextToken();
            if (scope == root && MetadataFields.reserve(name)) {
                throw ParsingFailure.metadata(name);
            }
            member(scope, name);
        }
    }

    private void member(Scope scope, String name) {
        int dot = name.indexOf('.');
        if (dot >= 0 && scope.find(name) == null) {
            dotted(scope, name, dot);
            return;
        }
        if (name.isBlank()) {
            throw ParsingFailure.nameless();
        }
        switch (parser.currentToken()) {
            case START_ARRAY -> array(scope, name);
            case START_OBJECT -> objectMember(scope, name);
            default -> scalar(scope, name);
        }
    }

    /** {@code "a.b": 1} says the same as {@code "a": {"b": 1}}. */
    private void dotted(Scope scope, String name, int dot) {
        String first = name.substring(0, dot);
        if (first.isBlank() || dot == name.length() - 1) {
            throw ParsingFailure.mistake(
                    "failed to parse: object field starting or ending with a [.] makes object resolution"
                            + " ambiguous: [" + name + "]");
        }
        Scope below = enter(scope, first);
        if (below != null) {
            member(below, name.substring(dot + 1));
        } else {
            parser.skipChildren();
        }
    }

    private void array(Scope scope, String name) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            switch (parser.currentToken()) {
                case START_ARRAY -> array(scope, name);
                case START_OBJECT -> objectMember(scope, name);
                default -> scalar(scope, name);
            }
        }
    }

    private void objectMember(Scope scope, String name) {
        if (scope.find(name) instanceof LeafNode(FieldMapping field, var _)) {
            if (field.ignoreMalformed()) {
                parser.skipChildren();
                return;
            }
            throw unfit(field, preview(), "Can't get text on a START_OBJECT");
        }
        Scope below = enter(scope, name);
        if (below == null) {
            parser.skipChildren();
        } else {
            object(below);
        }
    }

    /** The object of this name; null when the document's part is not to be looked at. */
    private @Nullable Scope enter(Scope scope, String name) {
        MappingNode node = scope.find(name);
        if (node == null) {
            return mayAdd(scope, name) ? below(scope, name) : null;
        }
        if (node instanceof LeafNode(FieldMapping field, var _)) {
            throw unfit(field, preview(), "it is no object");
        }
        Scope below = below(scope, name);
        return below.enabled() ? below : null;
    }

    private static Scope below(Scope scope, String name) {
        Scope below = scope.object(name);
        if (below.depth > MAX_DEPTH) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Limit of mapping depth [" + MAX_DEPTH + "] has been exceeded due to object field [" + path(below)
                            + "]");
        }
        return below;
    }

    private boolean mayAdd(Scope scope, String name) {
        return switch (scope.dynamic) {
            case TRUE -> {
                requireFree(scope, name);
                yield true;
            }
            case FALSE -> false;
            case STRICT ->
                throw new ElpisException(
                        ErrorCode.STRICT_DYNAMIC_MAPPING,
                        "mapping set to strict, dynamic introduction of [" + name + "] within ["
                                + (scope.prefix.isEmpty() ? "_doc" : path(scope)) + "] is not allowed");
        };
    }

    /** Mappings that were made when {@code copy_to} took any name may say such a one. */
    private void requireFree(Scope scope, String name) {
        if (name.isBlank()) {
            throw ParsingFailure.nameless();
        }
        if (scope.prefix.isEmpty() && MetadataFields.reserve(name)) {
            throw ParsingFailure.metadata(name);
        }
        // Not on copies: whether they take a document must not change with a limit.
        if (extending) {
            MappingLimits.checkPath(scope.prefix, name);
        }
    }

    private void scalar(Scope scope, String name) {
        MappingNode node = scope.find(name);
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        if (node instanceof ObjectNode object) {
            if (isNull || !object.enabled()) {
                return;
            }
            String path = scope.prefix + name;
            throw ParsingFailure.mistake("object mapping for [" + path + "] tried to parse field [" + name
                    + "] as object, but found a concrete value");
        }
        if (node == null && (isNull || !mayAdd(scope, name))) {
            return;
        }
        if (!isNull) {
            value.take();
        }
        LeafNode leaf = node instanceof LeafNode known ? known : add(scope, name);
        index(leaf.field(), isNull);
        leaf.fields().values().forEach(field -> index(field, isNull));
        for (String target : leaf.field().copyTo()) {
            copyTo(target, isNull);
        }
    }

    private LeafNode add(Scope scope, String name) {
        if (!extending) {
            throw ParsingFailure.mistake("failed to parse: field [" + scope.prefix + name
                    + "] is not in mapping version [" + mapping.version() + "]");
        }
        LeafNode leaf = dynamicFields.leaf(scope.prefix + name, value);
        MappingLimits.checkFields(mapping.fields().size() + dynamicFields.added(), fieldsLimit);
        scope.add(name, leaf);
        return leaf;
    }

    private void copyTo(String target, boolean isNull) {
        Scope scope = root;
        String name = target;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.')) {
            Scope below = enter(scope, name.substring(0, dot));
            if (below == null) {
                return;
            }
            scope = below;
            name = name.substring(dot + 1);
        }
        MappingNode node = scope.find(name);
        if (node == null && (isNull || !mayAdd(scope, name))) {
            return;
        }
        if (node instanceof ObjectNode) {
            if (isNull) {
                return;
            }
            throw ParsingFailure.mistake("Cannot copy to field [" + target + "] since it is mapped as an object");
        }
        LeafNode leaf = node instanceof LeafNode known ? known : add(scope, name);
        index(leaf.field(), isNull);
        leaf.fields().values().forEach(field -> index(field, isNull));
    }

    private void index(FieldMapping field, boolean isNull) {
        if (isNull || ValueReader.isNull(field, value)) {
            nullValue(field);
            return;
        }
        try {
            FieldValue read = ValueReader.read(field, value);
            if (read != null) {
                values.add(field, read);
            }
        } catch (IllegalArgumentException | InputCoercionException e) {
            if (!field.ignoreMalformed()) {
                throw unfit(field, value.text(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void nullValue(FieldMapping field) {
        Scalar stand = field.nullValue();
        if (stand == null) {
            return;
        }
        try {
            values.add(field, ValueReader.nullValue(field, stand));
        } catch (IllegalArgumentException e) {
            throw unfit(field, stand.asText(), String.valueOf(e.getMessage()));
        }
    }

    private ElpisException unfit(FieldMapping field, String preview, String cause) {
        String shown = preview.length() <= PREVIEW_LENGTH ? preview : preview.substring(0, PREVIEW_LENGTH);
        return new ElpisException(
                ErrorCode.MAPPER_PARSING,
                "failed to parse field [" + field.path() + "] of type ["
                        + field.type().typeName() + "] in document with id '" + id
                        + "'. Preview of field's value: '" + shown + "'",
                Map.of("caused_by", Map.of("type", "illegal_argument_exception", "reason", cause)));
    }

    /** The source from the current token on. */
    private String preview() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int length = Math.min(PREVIEW_LENGTH, source.length - from);
        return new String(source, from, length, StandardCharsets.UTF_8);
    }

    private static String path(Scope scope) {
        return scope.prefix.isEmpty() ? "" : scope.prefix.substring(0, scope.prefix.length() - 1);
    }
}
