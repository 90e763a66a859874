package io.elpis.launcher.record;

import io.elpis.launcher.record.Lines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with one JSON object a line, which is sent on as it stands. */
final class JsonLines implements RecordSource {

    private final Path file;
    private final @Nullable String idField;

    JsonLines(Path file, @Nullable String idField) {
        this.file = file;
        this.idField = idField;
    }

    @Override
    public long size() throws IOException {
        return Files.size(file);
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        RecordIds ids = RecordIds.ofContent(file);
        try (var lines = new Lines(file)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                sink.accept(draft(line, ids));
            }
        }
    }

    private Draft draft(Line line, RecordIds ids) {
        String field = idField;
        String position = Long.toString(line.number());
        byte[] text = line.text();
        return new Draft(
                file.getFileName() + ":" + position,
                line.bytes(),
                () -> new LoadRecord(field == null ? ids.at(position) : IdField.in(text, field), text));
    }
}
