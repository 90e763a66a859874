package io.elpis.aggregator.rest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
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
 * {@code pretty} and {@code filter_path}: for readers and lean clients; who asks for neither pays nothing.
 *
 * @param paths null: all of the answer
 */
record JsonShape(boolean pretty, @Nullable PathFilter paths) {
    private static final JsonShape PLAIN = new JsonShape(false, null);

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
     * @param query as sent; null: none
     * @throws io.elpis.model.error.ElpisException ILLEGAL_ARGUMENT when it asks for what there is not
     */
    static JsonShape of(@Nullable String query) {
        if (query == null || !query.contains("pretty") && !query.contains("filter_path")) {
            return PLAIN;
        }
        Parameters parameters = Parameters.of(query);
        return new JsonShape(parameters.flag("pretty", false), PathFilter.of(parameters.list("filter_path")));
    }

    /** @param json on the heap; taken over, and the result is the caller's */
    ByteBuf applied(ByteBuf json) {
        if (!pretty && paths == null) {
            return json;
        }
        try {
            return Unpooled.wrappedBuffer(shaped(json));
        } finally {
            json.release();
        }
    }

    private byte[] shaped(ByteBuf json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.readableBytes());
        int from = json.arrayOffset() + json.readerIndex();
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json.array(), from, json.readableBytes());
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
