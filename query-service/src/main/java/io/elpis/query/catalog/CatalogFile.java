package io.elpis.query.catalog;

import io.elpis.protocol.node.CatalogSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalog on disk, replaced whole. */
public final class CatalogFile {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);

    private final Path directory;

    public CatalogFile(Path directory) {
        this.directory = directory;
    }

    /** What was saved last; empty when nothing was or it cannot be read, for it is read again from the topic. */
    CatalogSnapshot load() {
        Path path = directory.resolve("catalog");
        if (!Files.exists(path)) {
            return CatalogSnapshot.getDefaultInstance();
        }
        try {
            return CatalogSnapshot.parseFrom(Files.readAllBytes(path));
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("file", path).log("saved catalog not readable");
            return CatalogSnapshot.getDefaultInstance();
        }
    }

    void save(CatalogSnapshot snapshot) throws IOException {
        Files.createDirectories(directory);
        Path next = directory.resolve("catalog.next");
        try (OutputStream out = Files.newOutputStream(next)) {
            snapshot.writeTo(out);
        }
        Files.move(
                next,
                directory.resolve("catalog"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
