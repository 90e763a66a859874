package io.elpis.query.lucene;

/** An analyzer does not take a text. The message says why, in words that are the same on every node. */
public final class TextRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TextRefused(String why, RuntimeException fault) {
        super(why, fault);
    }

    static TextRefused of(RuntimeException fault) {
        String meant = PoisonException.meant(fault);
        return new TextRefused(meant == null ? fault.getClass().getName() : meant, fault);
    }
}
