package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.query.lucene.SmallBlocksCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyStorageTest {
    @TempDir
    Path directory;

    private CopyStorage storage() {
        return new CopyStorage(directory, CopySettings.DEFAULT, TestLog.SCHEMAS, DeadLetterOutbox.NOWHERE);
    }

    @Test
    void aCopyOfTheFormatWithoutDigestIsBuiltAgain() throws IOException {
        commit(Map.of("elpis.format", "1", "elpis.next_offset", "5"));
        try (ShardCopy copy = storage().open(TestLog.IDENTITY)) {
            assertThat(copy.nextOffset()).isZero();
        }
    }

    @Test
    void aCopyOfALaterFormatIsLeftAlone() throws IOException {
        commit(Map.of("elpis.format", "99"));
        assertThatThrownBy(() -> storage().open(TestLog.IDENTITY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 99");
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void aCopyOfALaterLuceneIsLeftAlone() throws IOException {
        try (Directory files = FSDirectory.open(directory);
                IndexOutput segments = files.createOutput("segments_1", IOContext.DEFAULT)) {
            CodecUtil.writeIndexHeader(segments, "segments", 1_000, StringHelper.randomId(), "1");
            CodecUtil.writeFooter(segments);
        }
        assertThatThrownBy(() -> storage().open(TestLog.IDENTITY)).isInstanceOf(IndexFormatTooNewException.class);
        assertThat(directory).isDirectoryContaining("glob:**/segments_1");
    }

    @Test
    void aCopyStoresItsDocumentsInSmallBlocks() throws IOException {
        try (ShardCopy copy = storage().open(TestLog.IDENTITY)) {
            copy.apply(new TestLog().mapping(1).index("1", "text").entries());
            copy.commit();
        }
        try (Directory files = FSDirectory.open(directory)) {
            assertThat(SegmentInfos.readLatestCommit(files))
                    .isNotEmpty()
                    .allSatisfy(segment -> assertThat(segment.info.getCodec()).isInstanceOf(SmallBlocksCodec.class));
        }
    }

    private void commit(Map<String, String> data) throws IOException {
        try (Directory files = FSDirectory.open(directory);
                IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(data.entrySet());
            writer.commit();
        }
    }
}
