package io.elpis.aggregator.rest;

import io.elpis.model.shape.AnswerShape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** {@code pretty} and {@code filter_path} of a request; who asks for neither pays nothing. */
record JsonShape(AnswerShape shape) {
    private static final JsonShape PLAIN = new JsonShape(AnswerShape.PLAIN);

    /**
     * @param query as sent; null: none
     * @throws io.elpis.model.error.ElpisException ILLEGAL_ARGUMENT when it asks for what there is not
     */
    static JsonShape of(@Nullable String query) {
        if (query == null || !AnswerShape.mayBeIn(query)) {
            return PLAIN;
        }
        Parameters parameters = Parameters.of(query);
        return new JsonShape(AnswerShape.of(parameters.flag("pretty", false), parameters.list("filter_path")));
    }

    /** @param json on the heap; taken over, and the result is the caller's */
    ByteBuf applied(ByteBuf json) {
        if (shape.isPlain()) {
            return json;
        }
        try {
            int from = json.arrayOffset() + json.readerIndex();
            return Unpooled.wrappedBuffer(shape.shaped(json.array(), from, json.readableBytes()));
        } finally {
            json.release();
        }
    }
}
