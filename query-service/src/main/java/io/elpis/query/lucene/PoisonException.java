package io.elpis.query.lucene;

import org.jspecify.annotations.Nullable;

/**
 * The record cannot be applied on any copy: the error is a pure function of the record and the state. Becomes the
 * outcome {@code rejected}; anything else that goes wrong stops the copy.
 */
public final class PoisonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** @param type OpenSearch's error type */
    public PoisonException(String type, String reason) {
        super(reason, null, false, false);
        this.type = type;
    }

    /** Equal on all copies: a compiled method throws without the message that an interpreted one gives. */
    public static PoisonException of(RuntimeException fault) {
        String meant = meant(fault);
        return new PoisonException(
                "illegal_argument_exception",
                meant != null
                        ? meant
                        : "the document cannot be analyzed: " + fault.getClass().getName());
    }

    /** The message of a refusal that somebody has thought of; null for any other fault. */
    static @Nullable String meant(RuntimeException fault) {
        return fault instanceof IllegalArgumentException || fault instanceof IllegalStateException
                ? fault.getMessage()
                : null;
    }

    public String type() {
        return type;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? type : message;
    }
}
