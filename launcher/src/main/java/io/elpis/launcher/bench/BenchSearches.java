package io.elpis.launcher.bench;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.record.Lines;
import io.elpis.launcher.record.Lines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the searches of files, all of which are then held. */
public final class BenchSearches {

    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_NAMES = 100;

    private BenchSearches() {}

    /** @return at least one, in the order of the files and their lines */
    public static List<BenchSearch> read(List<Path> files) throws IOException {
        var searches = new ArrayList<BenchSearch>();
        long bytes = 0;
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw usage(file + " cannot be read");
            }
            bytes += Files.size(file);
            if (bytes > MOST_BYTES) {
                throw usage("more than " + (MOST_BYTES >> 20) + " MiB of searches");
            }
            read(file, searches);
        }
        if (searches.isEmpty()) {
            throw usage("no search in " + files);
        }
        if (searches.stream().map(BenchSearch::name).distinct().count() > MOST_NAMES) {
            throw usage("searches have more than " + MOST_NAMES + " names");
        }
        return searches;
    }

    private static void read(Path file, List<BenchSearch> searches) throws IOException {
        try (var lines = new Lines(file)) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                searches.add(BenchSearch.parse(file.getFileName() + ":" + line.number(), line.text()));
            }
        }
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(message, ExitCode.USAGE);
    }
}
