package io.elpis.query.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

final class SmallBlocksCodecTest {
    private static final Codec LUCENES = Codec.getDefault();

    @Test
    void segmentsOfLucenesCodecStayReadableAndAreMergedIntoItsOwn() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            write(directory, LUCENES, 0, 300, false);
            write(directory, new SmallBlocksCodec(), 300, 600, false);
            assertThat(codecs(directory)).containsExactly(LUCENES.getName(), "ElpisSmallBlocks104");
            assertThat(stored(directory)).isEqualTo(texts(0, 600));

            write(directory, new SmallBlocksCodec(), 600, 601, true);
            assertThat(codecs(directory)).containsExactly("ElpisSmallBlocks104");
            assertThat(stored(directory)).containsExactlyInAnyOrderElementsOf(texts(0, 601));
        }
    }

    @Test
    void documentsOfAnySizeComeBackWhole() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            List<String> texts = IntStream.of(0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 300_000)
                    .mapToObj("x"::repeat)
                    .toList();
            write(directory, new SmallBlocksCodec(), texts, false);
            assertThat(stored(directory)).isEqualTo(texts);
        }
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> ("document " + number + " ").repeat(number % 50))
                .toList();
    }

    private static void write(Directory directory, Codec codec, int from, int to, boolean merge) throws IOException {
        write(directory, codec, texts(from, to), merge);
    }

    private static void write(Directory directory, Codec codec, List<String> texts, boolean merge) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig().setCodec(codec))) {
            for (String text : texts) {
                Document document = new Document();
                document.add(new StoredField("text", text));
                writer.addDocument(document);
            }
            if (merge) {
                writer.forceMerge(1);
            }
        }
    }

    private static List<String> codecs(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            List<String> names = new ArrayList<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                names.add(((SegmentReader) leaf.reader())
                        .getSegmentInfo()
                        .info
                        .getCodec()
                        .getName());
            }
            return names;
        }
    }

    private static List<String> stored(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            List<String> texts = new ArrayList<>();
            for (int doc = 0; doc < reader.maxDoc(); doc++) {
                texts.add(reader.storedFields().document(doc).get("text"));
            }
            return texts;
        }
    }
}
