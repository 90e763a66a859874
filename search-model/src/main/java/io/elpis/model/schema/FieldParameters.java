package io.elpis.model.schema;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Decimals;
import io.elpis.model.query.Scalar;
import io.elpis.model.time.DateFormat;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one leaf's definition. */
final class FieldParameters {
    /** None makes a difference: term vectors would but speed up highlights, which are made from the source. */
    private static final List<String> TERM_VECTORS = List.of(
            "no",
            "yes",
            "with_positions",
            "with_offsets",
            "with_positions_offsets",
            "with_positions_payloads",
            "with_positions_offsets_payloads");

    private final String path;
    private final FieldType type;
    private final boolean stored;
    private @Nullable String analyzer;
    private @Nullable String searchAnalyzer;
    private boolean index = true;
    private boolean docValues;
    private boolean store;
    private boolean norms;
    private int ignoreAbove = Integer.MAX_VALUE;
    private @Nullable String format;
    private @Nullable Scalar nullValue;
    private boolean ignoreMalformed;
    private boolean coerce = true;
    private List<String> copyTo = List.of();
    private Map<String, String> meta = Map.of();

    private FieldParameters(String path, FieldType type, boolean stored) {
        this.path = path;
        this.type = type;
        this.stored = stored;
        this.docValues = type != FieldType.TEXT;
        this.norms = type == FieldType.TEXT;
    }

    /** @param stored read as it is: copies have documents by it */
    static FieldMapping parse(String path, int number, FieldType type, JsonNode definition, boolean stored) {
        FieldParameters parameters = new FieldParameters(path, type, stored);
        for (Map.Entry<String, JsonNode> member : definition.properties()) {
            parameters.read(member.getKey(), member.getValue());
        }
        FieldMapping field = parameters.toMapping(number);
        if (type == FieldType.DATE && field.nullValue() instanceof Scalar value) {
            try {
                DateFormat.of(field.effectiveFormat()).parse(value.asText());
            } catch (DateTimeException e) {
                throw parameters.unfitNullValue(value.asText());
            }
        }
        return field;
    }

    /** @throws ElpisException MAPPER_PARSING when there is no such type */
    static FieldType type(String path, String name) {
        for (FieldType type : FieldType.values()) {
            if (type.typeName().equals(name)) {
                return type;
            }
        }
        throw mistake("No handler for type [" + name + "] declared on field [" + lastName(path) + "]");
    }

    private void read(String name, JsonNode value) {
        switch (name) {
            case "type", "fields", MappingWriter.NUMBER -> {}
            case "index" -> index = flag(name, value);
            case "store" -> store = flag(name, value);
            case "copy_to" -> {
                List<String> targets = texts(name, value);
                copyTo = stored ? targets : targets.stream().distinct().toList();
            }
            case "analyzer" -> analyzer = text(name, value, type == FieldType.TEXT);
            case "search_analyzer" -> searchAnalyzer = text(name, value, type == FieldType.TEXT);
            case "norms" -> {
                require(name, type == FieldType.TEXT || type == FieldType.KEYWORD);
                norms = flag(name, value);
            }
            case "doc_values" -> {
                require(name, type != FieldType.TEXT);
                docValues = flag(name, value);
            }
            case "ignore_above" -> {
                require(name, type == FieldType.KEYWORD);
                ignoreAbove = number(name, value);
            }
            case "format" ->
                format =
                        DateFormat.of(text(name, value, type == FieldType.DATE)).toString();
            case "null_value" -> {
                require(name, type != FieldType.TEXT);
                nullValue = scalar(value);
                requireFit(nullValue);
            }
            case "ignore_malformed" -> {
                require(name, type.isNumeric() || type == FieldType.DATE);
                ignoreMalformed = flag(name, value);
            }
            case "coerce" -> {
                require(name, type.isNumeric());
                coerce = flag(name, value);
            }
            case "meta" -> meta = FieldMeta.read(lastName(path), value);
            case "index_options" -> requireOneOf(name, value, indexOptions());
            case "term_vector" -> requireOneOf(name, value, type == FieldType.TEXT ? TERM_VECTORS : List.of());
            case "eager_global_ordinals" -> {
                require(name, type == FieldType.TEXT || type == FieldType.KEYWORD);
                flag(name, value);
            }
            default -> require(name, false);
        }
    }

    private FieldMapping toMapping(int number) {
        return new FieldMapping(
                path,
                number,
                type,
                analyzer,
                searchAnalyzer,
                index,
                docValues,
                store,
                norms,
                ignoreAbove,
                format,
                nullValue,
                ignoreMalformed,
                coerce,
                copyTo,
                meta);
    }

    /**
     * Those that say what is kept: a text's positions always are, and less is refused, since phrases would go on to match.
     * Offsets would but speed up highlights.
     */
    private List<String> indexOptions() {
        return switch (type) {
            case TEXT -> List.of("positions", "offsets");
            case KEYWORD -> List.of("docs");
            default -> List.of();
        };
    }

    /** @param accepted none: the type has no such parameter */
    private void requireOneOf(String name, JsonNode value, List<String> accepted) {
        String text = text(name, value, !accepted.isEmpty());
        if (!accepted.contains(text)) {
            throw mistake("Unknown value [" + text + "] for field [" + name + "] - accepted values are " + accepted);
        }
    }

    private void require(String name, boolean known) {
        if (!known) {
            throw mistake("unknown parameter [" + name + "] on mapper [" + lastName(path) + "] of type ["
                    + type.typeName() + "]");
        }
    }

    private String text(String name, JsonNode value, boolean known) {
        require(name, known);
        if (!value.isString()) {
            throw mistake("Field [" + name + "] must be a text on mapper [" + lastName(path) + "]");
        }
        return value.stringValue();
    }

    private boolean flag(String name, JsonNode value) {
        String text = value.isValueNode() ? value.asString().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistake("Could not convert [" + lastName(path) + "." + name + "] to boolean");
        };
    }

    private int number(String name, JsonNode value) {
        try {
            int number = Integer.parseInt(value.asString(""));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a negative number is.
        }
        throw mistake("[" + name + "] must be a whole number of at least 0, got [" + value.asString("") + "]");
    }

    private void requireFit(@Nullable Scalar value) {
        if (value == null) {
            return;
        }
        String text = value.asText();
        try {
            switch (type) {
                case LONG, INTEGER, SHORT, BYTE -> Decimals.of(text).longValueExact();
                case DOUBLE, FLOAT -> Decimals.of(text).doubleValue();
                case BOOLEAN -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        throw new IllegalArgumentException(text);
                    }
                }
                // Dates wait for the format, which may come later.
                case DATE, TEXT, KEYWORD, OBJECT -> {}
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw unfitNullValue(text);
        }
    }

    private ElpisException unfitNullValue(String text) {
        return mistake("Failed to parse [null_value] [" + text + "] of mapper [" + lastName(path) + "] of type ["
                + type.typeName() + "]");
    }

    private static @Nullable Scalar scalar(JsonNode value) {
        if (value.isString()) {
            return new Scalar.Text(value.stringValue());
        }
        if (value.isBoolean()) {
            return new Scalar.Flag(value.booleanValue());
        }
        if (value.canConvertToLong() && value.isIntegralNumber()) {
            return new Scalar.Whole(value.longValue());
        }
        return value.isNumber() ? new Scalar.Decimal(value.doubleValue()) : null;
    }

    private List<String> texts(String name, JsonNode value) {
        List<String> texts = new ArrayList<>();
        for (JsonNode member : value.isArray() ? value : List.of(value)) {
            if (!member.isString()) {
                throw mistake(
                        "Field [" + name + "] must be a text or a list of texts on mapper [" + lastName(path) + "]");
            }
            texts.add(member.stringValue());
        }
        return texts;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    static ElpisException mistake(String reason) {
        return new ElpisException(ErrorCode.MAPPER_PARSING, reason);
    }
}
