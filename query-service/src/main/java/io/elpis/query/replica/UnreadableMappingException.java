package io.elpis.query.replica;

import java.io.IOException;

/** No schema can be made of a mapping, here as on every other copy. */
public final class UnreadableMappingException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableMappingException(long version, Throwable cause) {
        super("mapping version " + version + " cannot be read", cause);
    }
}
