package io.elpis.model.indices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IndexExpressionTest {
    private record Names(List<String> all) implements KnownIndices<String> {
        @Override
        public String name(String index) {
            return index;
        }

        @Override
        public @Nullable String find(String name) {
            return all.contains(name) ? name : null;
        }
    }

    private static List<String> resolve(String expression, IndicesOptions options) {
        return IndexExpression.resolve(expression, options, new Names(List.of("log-new", "log-old", "wiki")));
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
        assertThat(resolve("log-old,log-o*", new IndicesOptions(false, false, true)))
                .containsExactly("log-old");
    }

    @Test
    void namesAreWhatIsSpeltOut() {
        assertThat(IndexExpression.names("wiki,-dash,log-*,-log-old,nope")).containsExactly("wiki", "-dash", "nope");
        assertThat(IndexExpression.names("_all")).isEmpty();
    }

    @Test
    void namesWithUnderscoreAreInvalid() {
        assertThatThrownBy(() -> resolve("_nope")).hasMessage("Invalid index name [_nope], must not start with '_'.");
    }

    /** A variable that was not set may not stand for every index: not where indices are deleted. */
    @Test
    void anEmptyPartOfAListIsNoIndex() {
        for (String list : List.of(",wiki", "wiki,,log-new", ",")) {
            assertThatThrownBy(() -> resolve(list, IndicesOptions.LENIENT)).hasMessage("no such index []");
        }
        assertThat(resolve("wiki,")).containsExactly("wiki");
    }

    @Test
    void aNameThatNoIndexCanHaveIsNotFound() {
        assertThatThrownBy(() -> resolve("Wiki")).hasMessage("no such index [Wiki]");
        assertThat(resolve("Wiki,wiki", IndicesOptions.LENIENT)).containsExactly("wiki");
    }

    @Test
    void patternsMatchNothingWhereTheyAreNotExpanded() {
        IndicesOptions none = new IndicesOptions(false, true, IndicesOptions.expands("none"));
        assertThat(resolve("_all", none)).isEmpty();
        assertThat(resolve("log-*,wiki", none)).containsExactly("wiki");
        assertThat(IndicesOptions.expands("open,hidden")).isTrue();
        assertThat(IndicesOptions.expands("closed")).isFalse();
        assertThatThrownBy(() -> IndicesOptions.expands("opne")).hasMessageContaining("[opne]");
    }
}
