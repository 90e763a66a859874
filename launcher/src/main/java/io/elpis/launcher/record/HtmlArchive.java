package io.elpis.launcher.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The HTML pages in a jar or zip file. */
final class HtmlArchive implements RecordSource {

    private final Path file;

    HtmlArchive(Path file) {
        this.file = file;
    }

    @Override
    public long size() throws IOException {
        try (var zip = new ZipFile(file.toFile())) {
            return pages(zip).stream().mapToLong(ZipEntry::getSize).sum();
        }
    }

    @Override
    public void read(Sink sink) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        RecordIds ids = RecordIds.ofContent(file);
        try (var zip = new ZipFile(file.toFile())) {
            for (ZipEntry page : pages(zip)) {
                try (var in = zip.getInputStream(page)) {
                    sink.accept(Pages.draft(ids, name, page.getName(), in.readAllBytes()));
                }
            }
        }
    }

    private static List<? extends ZipEntry> pages(ZipFile zip) {
        return zip.stream()
                .filter(entry -> !entry.isDirectory() && Pages.wanted(entry.getName()))
                .toList();
    }
}
