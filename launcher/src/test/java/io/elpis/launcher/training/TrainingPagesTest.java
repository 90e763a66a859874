package io.elpis.launcher.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TrainingPagesTest {

    @Test
    void everyLineIsADocument() throws IOException {
        var out = new StringWriter();
        new TrainingPages(new Random(3)).write(20, out);
        assertThat(out.toString().lines())
                .hasSize(20)
                .allSatisfy(line -> assertThat(new JsonMapper().readTree(line).propertyNames())
                        .containsExactlyInAnyOrder("title", "body", "package", "length"));
    }

    @Test
    void someWordsAreCommonAndMostAreRare() {
        Map<String, Long> counts = Arrays.stream(
                        new TrainingPages(new Random(3)).words(10_000).split(" "))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(counts.values().stream().mapToLong(Long::longValue).max().orElse(0))
                .isGreaterThan(300);
        assertThat(counts.values().stream().filter(count -> count == 1).count()).isGreaterThan(1_000);
    }
}
