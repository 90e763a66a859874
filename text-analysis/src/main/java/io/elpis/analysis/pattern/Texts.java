package io.elpis.analysis.pattern;

import java.io.IOException;
import java.io.Reader;

/** Reads whole texts, which are in memory anyway. */
final class Texts {
    private static final int CHUNK = 8_192;

    private Texts() {}

    static StringBuilder all(Reader in) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] chunk = new char[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            text.append(chunk, 0, read);
        }
        return text;
    }
}
