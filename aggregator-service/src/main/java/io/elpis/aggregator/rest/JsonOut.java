package io.elpis.aggregator.rest;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON into one pooled buffer. The caller writes commas where members and elements need them by saying so:
 * {@link #name} and {@link #element} put one unless they come first.
 */
final class JsonOut {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuf buffer;
    private byte[] bytes;
    private int base;
    private int at;
    private int limit;

    JsonOut(ByteBufAllocator allocator, int expected) {
        this.buffer = allocator.heapBuffer(expected);
        this.bytes = buffer.array();
        this.base = buffer.arrayOffset();
        this.at = base;
        this.limit = base + buffer.capacity();
    }

    /** What was written; the caller's to release. */
    ByteBuf finish() {
        return buffer.writerIndex(at - base);
    }

    void release() {
        buffer.release();
    }

    private void room(int count) {
        if (limit - at < count) {
            grow(count);
        }
    }

    private void grow(int count) {
        buffer.writerIndex(at - base);
        buffer.ensureWritable(count);
        int written = at - base;
        bytes = buffer.array();
        base = buffer.arrayOffset();
        at = base + written;
        limit = base + buffer.capacity();
    }

    JsonOut open(char bracket) {
        return put(bracket);
    }

    JsonOut close(char bracket) {
        return put(bracket);
    }

    private JsonOut put(char c) {
        room(1);
        bytes[at++] = (byte) c;
        return this;
    }

    /** Before an element of an array. */
    JsonOut element() {
        return bytes[at - 1] == '[' ? this : put(',');
    }

    /** @param name plain ASCII that needs no escapes */
    JsonOut name(String name) {
        int length = name.length();
        room(length + 4);
        if (bytes[at - 1] != '{') {
            bytes[at++] = ',';
        }
        bytes[at++] = '"';
        for (int i = 0; i < length; i++) {
            bytes[at++] = (byte) name.charAt(i);
        }
        bytes[at++] = '"';
        bytes[at++] = ':';
        return this;
    }

    /** A name that came from outside. */
    JsonOut anyName(String name) {
        if (bytes[at - 1] != '{') {
            put(',');
        }
        return text(name).put(':');
    }

    JsonOut text(String text) {
        int length = text.length();
        // Most texts need no escape and are ASCII: one byte each.
        room(length + 2);
        bytes[at++] = '"';
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                break;
            }
            bytes[at++] = (byte) c;
            i++;
        }
        if (i < length) {
            rest(text, i);
        }
        return put('"');
    }

    private void rest(String text, int from) {
        room((text.length() - from) * 6 + 1);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
                escape(c);
            } else if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xc0 | c >> 6);
                bytes[at++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                bytes[at++] = (byte) (0xf0 | point >> 18);
                bytes[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                bytes[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                bytes[at++] = (byte) (0x80 | point & 0x3f);
            } else if (Character.isSurrogate(c)) {
                escape(c);
            } else {
                bytes[at++] = (byte) (0xe0 | c >> 12);
                bytes[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                bytes[at++] = (byte) (0x80 | c & 0x3f);
            }
        }
    }

    private void escape(char c) {
        bytes[at++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[at++] = (byte) c;
            case '\n' -> bytes[at++] = 'n';
            case '\r' -> bytes[at++] = 'r';
            case '\t' -> bytes[at++] = 't';
            default -> {
                bytes[at++] = 'u';
                bytes[at++] = HEX[c >> 12 & 0xf];
                bytes[at++] = HEX[c >> 8 & 0xf];
                bytes[at++] = HEX[c >> 4 & 0xf];
                bytes[at++] = HEX[c & 0xf];
            }
        }
    }

    JsonOut number(long number) {
        return ascii(Long.toString(number));
    }

    /** NaN and infinities, which JSON does not have, become null. */
    JsonOut number(float number) {
        return ascii(Float.isFinite(number) ? Float.toString(number) : "null");
    }

    JsonOut number(double number) {
        return ascii(Double.isFinite(number) ? Double.toString(number) : "null");
    }

    JsonOut flag(boolean flag) {
        return ascii(flag ? "true" : "false");
    }

    JsonOut nothing() {
        return ascii("null");
    }

    private JsonOut ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[at++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** A whole JSON value, unparsed. */
    JsonOut raw(ByteString json) {
        int length = json.size();
        room(length);
        json.copyTo(bytes, at);
        at += length;
        return this;
    }
}
