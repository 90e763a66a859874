package io.elpis.model.shape;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * {@code pretty} and {@code filter_path}: for readers and lean clients.
 *
 * @param paths null: all of the answer
 */
public record AnswerShape(boolean pretty, @Nullable PathFilter paths) {
    /** As it is. */
    public static final AnswerShape PLAIN = new AnswerShape(false, null);

    /** What is shaped are our own answers: documents in them have passed stricter limits, with less around them. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /**
     * @param paths as {@code filter_path} lists them
     * @throws io.elpis.model.error.ElpisException ILLEGAL_ARGUMENT when a path has an empty part
     */
    public static AnswerShape of(boolean pretty, List<String> paths) {
        return new AnswerShape(pretty, PathFilter.of(paths));
    }

    /** Whether a query string may ask for a shape at all: almost none does. */
    public static boolean mayBeIn(@Nullable String query) {
        return query != null && (query.contains("pretty") || query.contains("filter_path"));
    }

    public boolean isPlain() {
        return !pretty && paths == null;
    }

    /**
     * @param json holds an object or a list at that place
     * @return what was asked for, in an array of its own
     */
    public byte[] shaped(byte[] json, int from, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json, from, length);
                JsonGenerator out = JSON.createGenerator(context(), bytes)) {
            JsonCopy copy = new JsonCopy(in, out);
            in.nextToken();
            if (paths == null) {
                copy.value();
            } else {
                paths.copy(in, copy);
            }
        }
        if (pretty) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private ObjectWriteContext context() {
        return pretty ? new Pretty() : ObjectWriteContext.empty();
    }

    private static final class Pretty extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
