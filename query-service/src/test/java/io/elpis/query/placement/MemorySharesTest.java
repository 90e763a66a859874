package io.elpis.query.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemorySharesTest {
    private static final long MEMORY = 112 << 20;

    @Test
    void copiesThatAreWrittenHaveAllOfItWhereNoneIsQuiet() {
        assertThat(MemoryShares.of(MEMORY, 4, 0).busy()).isEqualTo(MEMORY / 4);
    }

    @Test
    void aCopyIsWrittenAlmostAsFastBesideQuietOnesAsAlone() {
        assertThat(MemoryShares.of(MEMORY, 1, 3).busy()).isGreaterThan(MEMORY * 9 / 10);
        assertThat(MemoryShares.of(MEMORY, 1, 1_000).busy()).isEqualTo(MEMORY * 3 / 4);
    }

    @Test
    void allTogetherNeverGetMoreThanThereIs() {
        for (int busy = 0; busy < 40; busy++) {
            for (int quiet = 0; quiet < 200; quiet++) {
                MemoryShares shares = MemoryShares.of(MEMORY, busy, quiet);

                assertThat(busy * shares.busy() + quiet * shares.quiet()).isLessThanOrEqualTo(MEMORY);
            }
        }
    }

    @Test
    void aQuietCopyCanBegin() {
        assertThat(MemoryShares.of(MEMORY, 1, 10).quiet()).isEqualTo(2 << 20);
    }
}
