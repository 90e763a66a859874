package io.elpis.model.shape;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Copies JSON token by token, numbers digit by digit. Names and brackets may be held back until something that they
 * stand around is copied.
 */
final class JsonCopy {
    private final JsonParser in;
    private final JsonGenerator out;

    /** Names and opening brackets not written yet, outermost first. */
    private final List<Object> held = new ArrayList<>();

    JsonCopy(JsonParser in, JsonGenerator out) {
        this.in = in;
        this.out = out;
    }

    /** @return what {@link #dropSince} or {@link #close} of it takes */
    int hold(String name) {
        held.add(name);
        return held.size() - 1;
    }

    /** @param open START_OBJECT or START_ARRAY */
    int hold(JsonToken open) {
        held.add(open);
        return held.size() - 1;
    }

    /** Forgets what is still held back since then. */
    void dropSince(int mark) {
        while (held.size() > mark) {
            held.removeLast();
        }
    }

    /** Ends an object or a list, unless nothing of it was written. */
    void close(int mark, JsonToken open) {
        if (held.size() > mark) {
            dropSince(mark);
        } else {
            end(open);
        }
    }

    private void end(JsonToken open) {
        if (open == JsonToken.START_OBJECT) {
            out.writeEndObject();
        } else {
            out.writeEndArray();
        }
    }

    /** Writes what is held back. */
    void release() {
        for (Object each : held) {
            if (each instanceof String name) {
                out.writeName(name);
            } else if (each == JsonToken.START_OBJECT) {
                out.writeStartObject();
            } else {
                out.writeStartArray();
            }
        }
        held.clear();
    }

    /** Copies the value that the parser is at, with all below it. */
    void value() {
        release();
        int depth = 0;
        while (true) {
            JsonToken token = in.currentToken();
            switch (token) {
                case PROPERTY_NAME -> out.writeName(in.currentName());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(in.getString());
                default -> out.copyCurrentEvent(in);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            in.nextToken();
        }
    }
}
