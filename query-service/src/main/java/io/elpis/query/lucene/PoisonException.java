package io.elpis.query.lucene;

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
        String message = fault.getMessage();
        boolean meant = fault instanceof IllegalArgumentException || fault instanceof IllegalStateException;
        return new PoisonException(
                "illegal_argument_exception",
                meant && message != null
                        ? message
                        : "the document cannot be analyzed: " + fault.getClass().getName());
    }

    public String type() {
        return type;
    }

    public String reason() {
        String message = getMessage();
        return message == null ? type : message;
    }
}
