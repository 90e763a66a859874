package io.elpis.launcher.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * A CSV file whose first row names the fields. Values stay text (a mapping may make numbers of them); empty cells are left
 * out.
 */
final class CsvRows implements RecordSource {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final CsvMapper CSV = CsvMapper.builder().build();

    private final Path file;
    private final @Nullable String idField;

    CsvRows(Path file, @Nullable String idField) {
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
        try (MappingIterator<Map<String, String>> rows = CSV.readerFor(new TypeReference<Map<String, String>>() {})
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(Files.newInputStream(file))) {
            long before = 0;
            for (long number = 1; ; number++) {
                Draft draft = next(rows, number, before, ids);
                if (draft == null) {
                    return;
                }
                long now = position(rows);
                sink.accept(draft);
                if (now <= before) {
                    // A row that cannot be got over, such as a quote that is never closed.
                    return;
                }
                before = now;
            }
        }
    }

    private @Nullable Draft next(MappingIterator<Map<String, String>> rows, long number, long before, RecordIds ids) {
        String origin = file.getFileName() + ", row " + number;
        try {
            if (!rows.hasNextValue()) {
                return null;
            }
            Map<String, String> cells = new LinkedHashMap<>(rows.nextValue());
            cells.values().removeIf(String::isEmpty);
            return new Draft(origin, position(rows) - before, () -> record(cells, number, ids));
        } catch (JacksonException e) {
            return Draft.broken(origin, position(rows) - before, "broken CSV: " + e.getOriginalMessage());
        }
    }

    private static long position(MappingIterator<?> rows) {
        return rows.currentLocation().getCharOffset();
    }

    private LoadRecord record(Map<String, String> cells, long number, RecordIds ids) throws BrokenRecord {
        String id = idField == null ? ids.at(Long.toString(number)) : cells.get(idField);
        if (id == null) {
            throw new BrokenRecord("no field " + idField);
        }
        return new LoadRecord(id, JSON.writeValueAsBytes(cells));
    }
}
