package io.elpis.query.replica;

import java.io.IOException;

/** A directory holds a copy as an earlier version made it, which lacks what this version needs to go on from there. */
public final class EarlierFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    EarlierFormatException(String message) {
        super(message);
    }
}
