package io.elpis.aggregator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexPatternsTest {
    private static List<String> resolve(String expression, IndicesOptions options) {
        return IndexPatterns.resolve(expression, options, Indices.catalog("log-new", "log-old", "wiki")).stream()
                .map(index -> index.name().value())
                .toList();
    }

    private static List<String> resolve(String expression) {
        return resolve(expression, IndicesOptions.DEFAULT);
    }

    @Test
    void nothingAllAndStarMeanEveryIndex() {
        assertThat(resolve("")).containsExactly("log-new", "log-old", "wiki");
        assertThat(resolve("_all")).isEqualTo(resolve(""));
        assertThat(resolve("*")).isEqualTo(resolve(""));
    }

    @Test
    void listsAndPatternsGiveEachIndexOnce() {
        assertThat(resolve("wiki,log-*,log-old")).containsExactly("wiki", "log-new", "log-old");
        assertThat(resolve("*o*")).containsExactly("log-new", "log-old");
        assertThat(resolve("l*-*d")).containsExactly("log-old");
    }

    @Test
    void minusTakesAwayAfterAPattern() {
        assertThat(resolve("*,-log-*")).containsExactly("wiki");
    }

    @Test
    void unknownNameIsNotFoundWithOpenSearchsMembers() {
        assertThatThrownBy(() -> resolve("wiki,nope")).isInstanceOfSatisfying(ElpisException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.INDEX_NOT_FOUND);
            assertThat(failure.reason()).isEqualTo("no such index [nope]");
            assertThat(failure.details())
                    .containsEntry("index", "nope")
                    .containsEntry("resource.id", "nope")
                    .containsEntry("resource.type", "index_or_alias")
                    .containsEntry("index_uuid", "_na_");
        });
    }

    @Test
    void unavailableIndicesCanBeIgnored() {
        assertThat(resolve("wiki,nope", new IndicesOptions(true, true, true))).containsExactly("wiki");
    }

    @Test
    void patternMayMatchNothingUnlessForbidden() {
        assertThat(resolve("x*")).isEmpty();
        assertThatThrownBy(() -> resolve("x*", new IndicesOptions(false, false, true)))
                .hasMessage("no such index [x*]");
    }

    @Test
    void namesWithUnderscoreAreInvalid() {
        assertThatThrownBy(() -> resolve("_nope")).hasMessage("Invalid index name [_nope], must not start with '_'.");
    }
}
