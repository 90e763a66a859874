package io.elpis.aggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.scatter.ScatterProperties;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.Highlight;
import io.elpis.model.search.SearchRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class FetchChoiceTest {
    private static final Highlight HIGHLIGHT = new Highlight(
            List.of(Highlight.Field.of("t")),
            Highlight.DEFAULT_PRE_TAGS,
            Highlight.DEFAULT_POST_TAGS,
            Highlight.DEFAULT_FRAGMENT_SIZE,
            Highlight.DEFAULT_NUMBER_OF_FRAGMENTS,
            true,
            false);

    @Test
    void firstPagesComeInline() {
        assertThat(FetchChoice.inline(request(0, 10, null), 3)).isTrue();
        assertThat(FetchChoice.inline(request(0, 0, null), 50)).isTrue();
        assertThat(FetchChoice.inline(request(0, 1_000, null), 1)).isTrue();
    }

    @Test
    void deepWideAndHighlightedPagesAreFetched() {
        assertThat(FetchChoice.inline(request(1_000, 10, null), 3)).isFalse();
        assertThat(FetchChoice.inline(request(0, 100, null), 3)).isFalse();
        assertThat(FetchChoice.inline(request(0, 10, HIGHLIGHT), 3)).isFalse();
    }

    @Test
    void defaultsAreThese() {
        Binder nothing = new Binder(new MapConfigurationPropertySource());
        assertThat(nothing.bindOrCreate("elpis.aggregator.search", Bindable.of(SearchProperties.class)))
                .isEqualTo(new SearchProperties(Duration.ofSeconds(30), Duration.ofMillis(250), 512, true));
        assertThat(nothing.bindOrCreate("elpis.aggregator.scatter", Bindable.of(ScatterProperties.class)))
                .isEqualTo(new ScatterProperties(
                        0.05,
                        512,
                        0.03,
                        20,
                        Duration.ofMillis(20),
                        Duration.ofSeconds(1),
                        20,
                        50,
                        Duration.ofSeconds(2)));
    }

    private static SearchRequest request(int from, int size, @Nullable Highlight highlight) {
        return SearchRequest.of(new QueryNode.MatchAll(1f))
                .but()
                .from(from)
                .size(size)
                .highlight(highlight)
                .build();
    }
}
