package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

final class DigestTest {
    private static final Digest DOCUMENT = digest("id", 1, 2, 3, "source", "routing");

    private static Digest digest(String id, long seqNo, long version, long term, String source, String routing) {
        return Digest.of(new BytesRef(id), seqNo, version, term, Digest.content(new BytesRef(source), routing));
    }

    @Test
    void whatIsPutInInAnyOrderCanBeTakenOutAgain() {
        Random random = new Random(7);
        List<Digest> parts = new ArrayList<>(List.of(new Digest(-1, -1), new Digest(0, -1), new Digest(0, 1)));
        while (parts.size() < 50) {
            parts.add(new Digest(random.nextLong(), random.nextLong()));
        }
        Digest sum = parts.stream().reduce(Digest.EMPTY, Digest::plus);
        Collections.shuffle(parts, random);
        assertThat(parts.stream().reduce(Digest.EMPTY, Digest::plus)).isEqualTo(sum);
        Collections.shuffle(parts, random);
        assertThat(parts.stream().reduce(sum, Digest::minus)).isEqualTo(Digest.EMPTY);
    }

    @Test
    void everythingAboutADocumentCounts() {
        assertThat(DOCUMENT).isEqualTo(digest("id", 1, 2, 3, "source", "routing"));
        assertThat(List.of(
                        DOCUMENT,
                        digest("ie", 1, 2, 3, "source", "routing"),
                        digest("id", 2, 2, 3, "source", "routing"),
                        digest("id", 1, 3, 3, "source", "routing"),
                        digest("id", 1, 2, 4, "source", "routing"),
                        digest("id", 1, 2, 3, "sourcf", "routing"),
                        digest("id", 1, 2, 3, "source", "routinh"),
                        digest("id", 1, 2, 3, "source", ""),
                        digest("id", 1, 2, 3, "routing", "source"),
                        digest("id", 2, 1, 3, "source", "routing")))
                .doesNotHaveDuplicates();
    }

    @Test
    void staysTheSameForEverOnDisk() {
        assertThat(DOCUMENT.hex()).isEqualTo("9ba4de10d4d516381f7ad789a64b209a");
        assertThat(DOCUMENT.toString()).hasSize(16);
    }

    @Test
    void isReadAsItWasWritten() {
        for (Digest digest : List.of(DOCUMENT, Digest.EMPTY, new Digest(-1, 1), new Digest(1, Long.MIN_VALUE))) {
            assertThat(Digest.ofHex(digest.hex())).isEqualTo(digest);
        }
        assertThatThrownBy(() -> Digest.ofHex("12")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digest.ofHex("z".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }
}
