package io.elpis.index.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class OrphansTest {
    private static final IndexUuid ONE = new IndexUuid(new UUID(1, 1));
    private static final IndexUuid TWO = new IndexUuid(new UUID(1, 2));

    private final Orphans orphans = new Orphans(Duration.ofNanos(10));

    @Test
    void aTopicIsAnOrphanOnceItHadNoIndexForLongEnough() {
        assertThat(orphans.due(Set.of(ONE), 0)).isEmpty();
        assertThat(orphans.due(Set.of(ONE, TWO), 9)).isEmpty();
        assertThat(orphans.due(Set.of(ONE, TWO), 10)).containsExactly(ONE);
    }

    @Test
    void aTopicThatGotItsIndexMeanwhileStartsAnew() {
        orphans.due(Set.of(ONE), 0);
        orphans.due(Set.of(), 5);
        assertThat(orphans.due(Set.of(ONE), 12)).isEmpty();
        assertThat(orphans.due(Set.of(ONE), 22)).containsExactly(ONE);
    }
}
