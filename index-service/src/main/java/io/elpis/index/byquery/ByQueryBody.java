package io.elpis.index.byquery;

import com.google.protobuf.ByteString;
import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryParser;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * The body of {@code _delete_by_query} and {@code _update_by_query}.
 *
 * @param conflicts null where it is not said, as the others
 */
record ByQueryBody(
        @Nullable QueryNode query,
        @Nullable Long maxDocs,
        @Nullable String conflicts,
        @Nullable Change change) {

    /**
     * What is merged into each document, as an update does.
     *
     * @param doc one JSON object as it came
     */
    record Change(ByteString doc, boolean detectNoop) {}

    /** @param body no bytes: nothing is said */
    static ByQueryBody parse(Kind kind, byte[] body) {
        Reading reading = new Reading(kind, body);
        try (BodyReader in = new BodyReader(body)) {
            if (in.startsObject()) {
                for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                    reading.member(in, name);
                }
                in.expectEnd();
            }
        }
        return new ByQueryBody(reading.query, reading.maxDocs, reading.conflicts, reading.change());
    }

    static ElpisException noScripts() {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "[script] is not supported: there are no scripts here");
    }

    private static final class Reading {
        private final Kind kind;
        private final byte[] body;
        private @Nullable QueryNode query;
        private @Nullable Long maxDocs;
        private @Nullable String conflicts;
        private @Nullable ByteString doc;
        private @Nullable Boolean detectNoop;

        Reading(Kind kind, byte[] body) {
            this.kind = kind;
            this.body = body;
        }

        void member(BodyReader in, String name) {
            switch (name) {
                case "query" -> query = QueryParser.parse(in);
                case "max_docs", "size" -> maxDocs = (long) in.whole(name);
                case "conflicts" -> conflicts = in.text(name);
                case "script" -> throw noScripts();
                default -> {
                    if (kind != Kind.UPDATE) {
                        throw unknown(in, name);
                    }
                    ofUpdate(in, name);
                }
            }
        }

        private void ofUpdate(BodyReader in, String name) {
            switch (name) {
                case "doc" -> doc = document(in, name);
                case "detect_noop" -> detectNoop = in.flag(name);
                default -> throw unknown(in, name);
            }
        }

        private static ElpisException unknown(BodyReader in, String name) {
            return in.mistake("request does not support [" + name + "]");
        }

        /** The document in it is not parsed here, only found. */
        private ByteString document(BodyReader in, String name) {
            if (doc != null) {
                throw in.mistake("Duplicate field '" + name + "'");
            }
            in.expect(JsonToken.START_OBJECT, "[" + name + "] doesn't support values of type: " + in.tokenName());
            int start = in.valueStart();
            return ByteString.copyFrom(body, start, in.valueEnd() - start);
        }

        @Nullable
        Change change() {
            if (doc != null) {
                return new Change(doc, detectNoop == null || detectNoop);
            }
            if (detectNoop != null) {
                throw ReindexBody.invalid(List.of("doc must be specified if detect_noop is"));
            }
            return null;
        }
    }
}
