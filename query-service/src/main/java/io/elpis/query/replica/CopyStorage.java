package io.elpis.query.replica;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of one copy. What is in it can always be made again from the log. */
public final class CopyStorage {
    private static final Logger LOG = LoggerFactory.getLogger(CopyStorage.class);

    private final Path directory;
    private final CopySettings settings;
    private final SchemaReader schemas;
    private final DeadLetterOutbox letters;

    public CopyStorage(Path directory, CopySettings settings, SchemaReader schemas, DeadLetterOutbox letters) {
        this.letters = letters;
        this.directory = directory;
        this.settings = settings;
        this.schemas = schemas;
    }

    /**
     * Opens what is there; what is damaged, of an earlier format or was made of another log is discarded, and an empty
     * copy opened. What a later version wrote is left alone, as whoever went back a version may go forward again.
     */
    ShardCopy open(LogIdentity log) throws IOException {
        try {
            return openAsIs(log);
        } catch (IOException useless) {
            if (!(useless instanceof ForeignLogException)
                    && !(useless instanceof EarlierFormatException)
                    && !isDamage(useless)) {
                throw useless;
            }
            LOG.atError()
                    .setCause(useless)
                    .addKeyValue("alarm", "copy_discarded")
                    .addKeyValue("shard", log.shard())
                    .addKeyValue("directory", directory)
                    .log("copy discarded, it is built again from the log");
            delete();
            return openAsIs(log);
        }
    }

    private ShardCopy openAsIs(LogIdentity log) throws IOException {
        FSDirectory files = FSDirectory.open(directory);
        try {
            return ShardCopy.open(files, log, settings, schemas, letters);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(files);
            throw e;
        }
    }

    /**
     * Whether the files are to blame for a failure: opening them again would end the same way. Not what a later version
     * wrote, which that version can still read.
     */
    public static boolean isDamage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptIndexException
                    || cause instanceof IndexFormatTooOldException
                    || cause instanceof NoSuchFileException
                    || cause instanceof FileNotFoundException) {
                return true;
            }
        }
        return false;
    }

    void delete() throws IOException {
        IOUtils.rm(directory);
    }
}
