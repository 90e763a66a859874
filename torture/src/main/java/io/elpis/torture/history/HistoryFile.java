package io.elpis.torture.history;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Operations in the order of their end, one JSON object a line. Thread-safe. */
public final class HistoryFile implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter out;

    /** Starts the file anew. */
    public HistoryFile(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    public static List<Operation> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> JSON.readValue(line, Operation.class)).toList();
        }
    }

    public synchronized void add(Operation operation) throws IOException {
        out.write(JSON.writeValueAsString(operation));
        out.write('\n');
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
