package io.elpis.index.ingest;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

/** A part of a request's body, shared with it: not to be changed. */
record BodyPart(byte[] bytes, int offset, int length) {
    static BodyPart whole(byte[] bytes) {
        return new BodyPart(bytes, 0, bytes.length);
    }

    /** Shares the bytes. */
    ByteString unwrapped() {
        return UnsafeByteOperations.unsafeWrap(bytes, offset, length);
    }
}
