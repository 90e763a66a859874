package io.elpis.index.overview;

import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Rows under named columns, printed as {@code _cat} prints them: text in columns, or JSON. */
final class Table {
    static final Set<String> PARAMETERS =
            Set.of("h", "s", "bytes", "time", "local", "timeout", "cluster_manager_timeout", "master_timeout");

    /** Numbers before all else. */
    private static final Comparator<String> NUMBERS_BY_VALUE = Comparator.<String>comparingLong(
                    cell -> isNumber(cell) ? Long.parseLong(cell) : Long.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    /** @param cells as many as columns; null and empty print as nothing */
    void row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(cell == null ? "" : cell.toString());
        }
        rows.add(row);
    }

    ResponseEntity<byte[]> answer(Parameters parameters) {
        List<Integer> shown = shown(parameters.list("h"));
        sort(parameters.list("s"));
        return "json".equals(parameters.text("format")) ? json(shown) : text(shown, parameters.flag("v", false));
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && cell.length() < 19 && cell.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private List<Integer> shown(List<String> wanted) {
        List<Integer> shown = new ArrayList<>();
        for (String name : wanted.isEmpty() ? columns : wanted) {
            int at = columns.indexOf(name);
            if (at >= 0) {
                shown.add(at);
            }
        }
        return shown;
    }

    private void sort(List<String> keys) {
        Comparator<List<String>> order = (_, _) -> 0;
        for (String key : keys) {
            String name = key.split(":", 2)[0];
            int at = columns.indexOf(name);
            if (at < 0) {
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT, "Unable to sort by unknown sort key `" + name + "`");
            }
            Comparator<List<String>> next = Comparator.comparing(row -> row.get(at), NUMBERS_BY_VALUE);
            order = order.thenComparing(key.endsWith(":desc") ? next.reversed() : next);
        }
        rows.sort(order);
    }

    private ResponseEntity<byte[]> json(List<Integer> shown) {
        return Answers.json(200, Json.write(out -> {
            out.writeStartArray();
            for (List<String> row : rows) {
                out.writeStartObject();
                shown.forEach(at ->
                        out.writeStringProperty(columns.get(at), row.get(at).isEmpty() ? null : row.get(at)));
                out.writeEndObject();
            }
            out.writeEndArray();
        }));
    }

    private ResponseEntity<byte[]> text(List<Integer> shown, boolean header) {
        List<List<String>> lines = new ArrayList<>();
        if (header) {
            lines.add(columns);
        }
        lines.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder printed = new StringBuilder();
            for (int at : shown) {
                int width = lines.stream()
                        .mapToInt(other -> other.get(at).length())
                        .max()
                        .orElse(0);
                printed.append(line.get(at)).repeat(' ', width - line.get(at).length() + 1);
            }
            text.append(printed.toString().stripTrailing()).append('\n');
        }
        return Answers.text(text.toString());
    }

    /** {@code 1.2kb}, as OpenSearch prints sizes for people. */
    static String size(long bytes, Parameters parameters) {
        if ("b".equals(parameters.text("bytes"))) {
            return Long.toString(bytes);
        }
        String[] units = {"b", "kb", "mb", "gb", "tb"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + "b" : Math.floor(value * 10) / 10 + units[unit];
    }
}
