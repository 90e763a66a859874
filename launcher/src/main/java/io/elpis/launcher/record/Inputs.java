package io.elpis.launcher.record;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out how to read the files and directories that a user named. */
public final class Inputs {

    private final @Nullable String idField;

    /** @param idField the field that holds a record's id; null: ids are made. HTML pages always get made ones. */
    public Inputs(@Nullable String idField) {
        this.idField = idField;
    }

    public List<RecordSource> of(List<Path> paths) throws IOException {
        var sources = new ArrayList<RecordSource>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                sources.addAll(directory(path.toRealPath()));
            } else if (Files.isReadable(path)) {
                sources.add(file(path)
                        .orElseThrow(() -> usage(path + ": what is it? Known are .jsonl .ndjson .json .csv .html .htm"
                                + " .jar .zip and directories of these")));
            } else {
                throw usage(path + " cannot be read");
            }
        }
        return sources;
    }

    private List<RecordSource> directory(Path directory) throws IOException {
        var sources = new ArrayList<RecordSource>();
        var pages = new ArrayList<Path>();
        try (var walk = Files.walk(directory)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                if (Pages.wanted(directory.relativize(file).toString())) {
                    pages.add(file);
                } else if (!html(file)) {
                    file(file).ifPresent(sources::add);
                }
            }
        }
        if (!pages.isEmpty()) {
            sources.add(new HtmlDirectory(directory, pages));
        }
        if (sources.isEmpty()) {
            throw usage("nothing to load in " + directory);
        }
        return sources;
    }

    private Optional<RecordSource> file(Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "jsonl", "ndjson", "json" -> Optional.of(new JsonLines(file, idField));
            case "csv" -> Optional.of(new CsvRows(file, idField));
            case "jar", "zip" -> Optional.of(new HtmlArchive(file));
            case "html", "htm" -> {
                Path page = file.toRealPath();
                yield Optional.of(new HtmlDirectory(page.resolve("..").normalize(), List.of(page)));
            }
            default -> Optional.empty();
        };
    }

    private static boolean html(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).matches(".*\\.html?");
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }
}
