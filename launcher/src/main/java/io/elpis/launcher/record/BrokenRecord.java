package io.elpis.launcher.record;

/** A record that cannot become a document; the others of its file can. */
public final class BrokenRecord extends Exception {

    private static final long serialVersionUID = 1L;

    public BrokenRecord(String reason) {
        super(reason);
    }
}
