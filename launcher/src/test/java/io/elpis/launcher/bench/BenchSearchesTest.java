package io.elpis.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchSearchesTest {

    @TempDir
    Path directory;

    @Test
    void bodiesWithAndWithoutANameMix() throws IOException {
        assertThat(read("{\"size\": 0}\n\n{\"name\": \"rare\", \"body\": {\"size\": 5}}\n"))
                .extracting(BenchSearch::origin, BenchSearch::name, BenchSearchesTest::body)
                .containsExactly(tuple("a.jsonl:1", "", "{\"size\": 0}"), tuple("a.jsonl:3", "rare", "{\"size\":5}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | a.jsonl:1: not a JSON object",
                "{\"size\": | a.jsonl:1: broken JSON: ",
                "{\"name\": \"n\"} | a.jsonl:1: a search with a name is ",
                "{\"name\": \"n\", \"body\": []} | a.jsonl:1: a search with a name is ",
                "{\"name\": \"n\", \"body\": {}, \"size\": 1} | a.jsonl:1: a search with a name is "
            })
    void lineThatIsNoSearchIsToldWithItsPlace(String line, String message) {
        assertThatThrownBy(() -> read(line)).isInstanceOf(CommandFailure.class).hasMessageStartingWith(message);
    }

    @Test
    void fileWithoutASearchIsRefused() {
        assertThatThrownBy(() -> read("\n")).isInstanceOf(CommandFailure.class).hasMessageStartingWith("no search in");
    }

    @Test
    void namesAreBounded() {
        String lines = IntStream.range(0, 101)
                .mapToObj(i -> "{\"name\": \"n" + i + "\", \"body\": {}}")
                .collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> read(lines)).hasMessage("searches have more than 100 names");
    }

    private List<BenchSearch> read(String content) throws IOException {
        return BenchSearches.read(List.of(Files.writeString(directory.resolve("a.jsonl"), content)));
    }

    private static String body(BenchSearch search) {
        return new String(search.body(), StandardCharsets.UTF_8);
    }
}
