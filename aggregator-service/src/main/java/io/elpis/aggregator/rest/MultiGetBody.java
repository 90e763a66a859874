package io.elpis.aggregator.rest;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.aggregator.document.DocumentCall;
import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.SourceFilter;
import io.elpis.model.search.SourceFilterParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads the body of a multi-get. */
final class MultiGetBody {
    private static final int MOST = 10_000;

    private final BodyReader in;
    private final String index;
    private final SourceFilter source;
    private final @Nullable String routing;
    private final boolean realtime;
    private final Reading reading;
    private final String authorization;
    private final List<DocumentCall> calls = new ArrayList<>();

    private MultiGetBody(BodyReader in, String index, Incoming incoming) {
        this.in = in;
        this.index = index;
        this.source = incoming.parameters().source();
        this.routing = incoming.parameters().text("routing");
        this.realtime = incoming.parameters().realtime();
        this.reading = incoming.reading();
        this.authorization = incoming.authorization();
    }

    /**
     * @param index of documents that name none; empty: each names its own
     * @throws ElpisException when there is nothing to get, too much, or what is not understood
     */
    static List<DocumentCall> read(String index, Incoming incoming) {
        try (BodyReader in = new BodyReader(incoming.body())) {
            MultiGetBody body = new MultiGetBody(in, index, incoming);
            body.read();
            return body.calls;
        }
    }

    private void read() {
        if (in.startsObject()) {
            for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                in.expect(JsonToken.START_ARRAY, "unexpected token [" + in.tokenName() + "], expected [START_ARRAY]");
                switch (name) {
                    case "ids" -> ids();
                    case "docs" -> docs();
                    default -> throw in.mistake("unknown key [" + name + "], expected [docs] or [ids]");
                }
            }
            in.expectEnd();
        }
        if (calls.isEmpty()) {
            throw invalid("no documents to get");
        }
    }

    private void ids() {
        while (in.next() != JsonToken.END_ARRAY) {
            add(index, in.text("ids"), routing, source);
        }
    }

    private void docs() {
        while (in.next() != JsonToken.END_ARRAY) {
            in.expect(JsonToken.START_OBJECT, "docs array element should include an object");
            doc();
        }
    }

    private void doc() {
        String from = index;
        String id = null;
        String route = routing;
        SourceFilter wanted = source;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "_index" -> from = in.text(name);
                case "_id" -> id = in.text(name);
                case "routing", "_routing" -> route = in.isAt(JsonToken.VALUE_NULL) ? routing : in.text(name);
                case "_source" -> wanted = SourceFilterParser.parse(in);
                default -> throw in.mistake("failed to parse multi get request. unknown field [" + name + "]");
            }
        }
        if (id == null) {
            throw invalid("id is missing");
        }
        add(from, id, route, wanted);
    }

    private void add(String from, String id, @Nullable String route, SourceFilter wanted) {
        if (from.isEmpty()) {
            throw invalid("index is missing for [" + id + "]");
        }
        if (calls.size() == MOST) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "too many documents to get: at most " + MOST + " at once");
        }
        calls.add(new DocumentCall(from, id, route, realtime, wanted, reading, authorization));
    }

    private static ElpisException invalid(String what) {
        return new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: " + what + ";");
    }
}
