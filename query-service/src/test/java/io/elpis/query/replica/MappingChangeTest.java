package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.document.DocumentParser;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingWire;
import io.elpis.query.replica.DocumentOutcome.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lucene holds a field for ever as it began. Whatever a mapping may change of a field that has documents, those that come
 * after the change fit as well as those before.
 */
final class MappingChangeTest {
    private static final List<String> PARAMETERS = List.of(
            "",
            ",\"index\":false",
            ",\"doc_values\":false",
            ",\"index\":false,\"doc_values\":false",
            ",\"store\":true",
            ",\"norms\":false",
            ",\"norms\":true",
            ",\"index\":false,\"norms\":false",
            ",\"ignore_above\":3",
            ",\"format\":\"yyyy\"",
            ",\"null_value\":1",
            ",\"null_value\":true",
            ",\"null_value\":\"2020\"",
            ",\"ignore_malformed\":true",
            ",\"coerce\":false",
            ",\"copy_to\":\"all\"",
            ",\"analyzer\":\"english\"",
            ",\"analyzer\":\"keyword\"",
            ",\"search_analyzer\":\"english\"",
            ",\"index_options\":\"offsets\"",
            ",\"term_vector\":\"with_positions_offsets\"",
            ",\"eager_global_ordinals\":true",
            ",\"meta\":{\"unit\":\"m\"}",
            ",\"fields\":{\"raw\":{\"type\":\"keyword\"}}",
            ",\"fields\":{\"raw\":{\"type\":\"keyword\",\"ignore_above\":3},\"words\":{\"type\":\"text\"}}");

    private final Map<String, FieldType> fields = new LinkedHashMap<>();
    private final List<String> permitted = new ArrayList<>();
    private Mapping before = mapping(Mapping.EMPTY, "all", "{\"type\":\"text\"}");
    private Mapping after = before;

    @Test
    void documentsFitAFieldBeforeAndAfterEveryChangeThatIsPermitted() throws Exception {
        gather();
        TestLog log = new TestLog().add(record(before.withVersion(1))).withMapping(1);
        fields.keySet().forEach(field -> index(log, before, field));
        log.add(record(after.withVersion(2))).withMapping(2);
        fields.keySet().forEach(field -> index(log, after, field));
        try (ShardCopy copy =
                ShardCopy.open(CrashingDirectory.newDisk(), TestLog.IDENTITY, CopySettings.DEFAULT, new LogSchemas())) {
            copy.apply(log.entries());
            List<PositionedOutcome> outcomes = Objects.requireNonNull(copy.outcomes(0, 10_000));
            assertThat(outcomes).hasSize(2 * fields.size());
            assertThat(outcomes)
                    .extracting(PositionedOutcome::outcome)
                    .filteredOn(outcome -> outcome.result() == Result.REJECTED)
                    .extracting(DocumentOutcome::reason)
                    .isEmpty();
        }
        assertThat(permitted)
                .contains(
                        "text  to ,\"search_analyzer\":\"english\"",
                        "keyword  to ,\"ignore_above\":3",
                        "long  to ,\"coerce\":false",
                        "date  to ,\"ignore_malformed\":true",
                        "boolean  to ,\"copy_to\":\"all\"",
                        "double  to ,\"fields\":{\"raw\":{\"type\":\"keyword\"}}");
    }

    /** A field for each change that is permitted. */
    private void gather() {
        for (FieldType type : FieldType.values()) {
            if (type == FieldType.OBJECT) {
                continue;
            }
            for (String first : PARAMETERS) {
                for (String second : PARAMETERS) {
                    String field = "f" + fields.size();
                    Mapping begun = changed(before, field, type, first);
                    Mapping changed = begun == null ? null : changed(begun, field, type, second);
                    if (changed != null && !changed.sameFields(Objects.requireNonNull(begun))) {
                        fields.put(field, type);
                        permitted.add(type.typeName() + " " + first + " to " + second);
                        before = begun;
                    }
                }
            }
        }
        after = before;
        int at = 0;
        for (Map.Entry<String, FieldType> field : fields.entrySet()) {
            String second = permitted.get(at).substring(permitted.get(at).indexOf(" to ") + 4);
            after = Objects.requireNonNull(changed(after, field.getKey(), field.getValue(), second));
            at++;
        }
    }

    /** Null where that is no definition, or no change that is permitted. */
    private static @Nullable Mapping changed(Mapping current, String field, FieldType type, String parameters) {
        try {
            return mapping(current, field, "{\"type\":\"" + type.typeName() + "\"" + parameters + "}");
        } catch (ElpisException refused) {
            assertThat(refused.code().httpStatus()).isEqualTo(400);
            return null;
        }
    }

    private static Mapping mapping(Mapping current, String field, String definition) {
        String json = "{\"properties\":{\"" + field + "\":" + definition + "}}";
        return MappingParser.merge(current, json.getBytes(StandardCharsets.UTF_8));
    }

    private void index(TestLog log, Mapping mapping, String field) {
        String value = switch (Objects.requireNonNull(fields.get(field))) {
            case TEXT, KEYWORD -> "\"one\"";
            case BOOLEAN -> "true";
            case DATE -> "\"2020\"";
            default -> "7";
        };
        byte[] source = ("{\"" + field + "\":" + value + "}").getBytes(StandardCharsets.UTF_8);
        log.document(field, DocumentParser.parseKnown(mapping, field, source));
    }

    private static LogRecord.Builder record(Mapping mapping) {
        return LogRecord.newBuilder().setMapping(MappingWire.write(mapping, AnalysisSettings.NONE));
    }
}
