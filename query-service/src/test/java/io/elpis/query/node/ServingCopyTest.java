package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.search.TestIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServingCopyTest {
    @TempDir
    private Path directory;

    @Test
    void aDamagedCopyAnswersNothingAndIsBuiltAgain() throws Exception {
        try (TestIndex index = new TestIndex(directory, 1, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")
                .index(0, "a", "{\"title\":\"red fox\"}")
                .refresh()) {
            HostedCopy hosted = index.copy(0);
            ShardCopy before = Objects.requireNonNull(hosted.copy());
            before.commit();
            assertThat(source(hosted)).contains("red fox");
            replaceInFiles("\"red fox\"", "\"rid fox\"");

            assertThatThrownBy(() -> source(hosted))
                    .isInstanceOfSatisfying(
                            ElpisException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE));

            await().until(() -> hosted.isServing() && hosted.copy() != before);
            assertThat(source(hosted)).contains("red fox");
        }
    }

    private static String source(HostedCopy hosted) throws IOException {
        return ServingCopy.read(
                hosted,
                copy -> Objects.requireNonNull(
                                Objects.requireNonNull(copy.get("a")).source())
                        .utf8ToString());
    }

    /** In place, as a disk does it. */
    private void replaceInFiles(String from, String to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        int replaced = 0;
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            if (bytes.contains(from)) {
                byte[] now = bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
                Files.write(file, now, StandardOpenOption.WRITE);
                replaced++;
            }
        }
        assertThat(replaced).isPositive();
    }
}
