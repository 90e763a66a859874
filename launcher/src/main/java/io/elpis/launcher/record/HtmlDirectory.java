package io.elpis.launcher.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** HTML pages found in a directory; their ids come from their place in it. */
final class HtmlDirectory implements RecordSource {

    private final Path directory;
    private final List<Path> pages;

    HtmlDirectory(Path directory, List<Path> pages) {
        this.directory = directory;
        this.pages = List.copyOf(pages);
    }

    @Override
    public long size() throws IOException {
        long size = 0;
        for (Path page : pages) {
            size += Files.size(page);
        }
        return size;
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        String name = String.valueOf(directory.getFileName());
        RecordIds ids = RecordIds.ofPlace(directory.toRealPath());
        for (Path page : pages) {
            String path = directory.relativize(page).toString().replace('\\', '/');
            sink.accept(Pages.draft(ids, name, path, Files.readAllBytes(page)));
        }
    }
}
