package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyViewTest {
    @TempDir
    Path directory;

    /** Else a new index, a shard of which has no document yet, could not be sorted by its fields before the next refresh. */
    @Test
    void aFieldIsKnownAsSoonAsItsMappingIsApplied() throws Exception {
        CopyStorage storage =
                new CopyStorage(directory, CopySettings.DEFAULT, TestLog.SCHEMAS, DeadLetterOutbox.NOWHERE);
        try (ShardCopy copy = storage.open(TestLog.IDENTITY)) {
            CopyView view = copy.acquire();
            try {
                assertThat(view.schema().field("size")).isNull();
                copy.apply(new TestLog().mapping(9).entries());
                assertThat(view.schema().field("size")).isNotNull();
            } finally {
                view.release();
            }
        }
    }
}
