package io.elpis.query.replica;

import java.io.IOException;

/** A directory holds a copy made of another log than the one it is to follow. */
public final class ForeignLogException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignLogException(String message) {
        super(message);
    }
}
