package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.Upkeep.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Times are nanoseconds from 0. */
final class UpkeepTest {
    private static final Progress STALE = new Progress(5, 4, 5, 0);
    private static final Progress FRESH = new Progress(5, 5, 5, 0);

    private final Upkeep upkeep = new Upkeep(
            new HostingSettings(
                    1, 1, Duration.ofNanos(100), 50, Duration.ofNanos(30), Duration.ZERO, Duration.ZERO, Duration.ZERO),
            0);

    @Test
    void aSearchedCopyIsRefreshedAfterItsInterval() {
        upkeep.refreshEvery(Duration.ofNanos(10));
        upkeep.searchRefreshes(FRESH, 1);
        assertThat(upkeep.refreshDue(STALE, false, 9)).isFalse();
        assertThat(upkeep.refreshDue(STALE, false, 10)).isTrue();
        assertThat(upkeep.refreshDue(FRESH, false, 10)).isFalse();
        upkeep.refreshed(10);
        assertThat(upkeep.refreshDue(STALE, false, 19)).isFalse();
        assertThat(upkeep.refreshDue(STALE, false, 20)).isTrue();
    }

    @Test
    void anIdleCopyIsRefreshedByItsNextSearchOnly() {
        upkeep.refreshEvery(Duration.ofNanos(10));
        assertThat(upkeep.refreshDue(STALE, false, 20)).isFalse();
        assertThat(upkeep.searchRefreshes(STALE, 20)).isTrue();
        upkeep.refreshed(20);
        assertThat(upkeep.searchRefreshes(STALE, 31)).as("the timer does it").isFalse();
        assertThat(upkeep.refreshDue(STALE, false, 31)).isTrue();
        assertThat(upkeep.refreshDue(STALE, false, 61)).isFalse();
        assertThat(upkeep.searchRefreshes(STALE, 61)).isTrue();
    }

    @Test
    void anIdleCopyIsRefreshedForThoseWhoWaitForIt() {
        upkeep.refreshEvery(Duration.ofNanos(10));
        assertThat(upkeep.refreshDue(STALE, true, 9)).isFalse();
        assertThat(upkeep.refreshDue(STALE, true, 10)).isTrue();
        upkeep.refreshEvery(Duration.ofNanos(-1));
        assertThat(upkeep.refreshDue(STALE, true, 10)).isFalse();
    }

    @Test
    void aNegativeIntervalNeverRefreshes() {
        upkeep.refreshEvery(Duration.ofNanos(-1));
        assertThat(upkeep.searchRefreshes(STALE, 1_000)).isFalse();
        assertThat(upkeep.refreshDue(STALE, false, 1_001)).isFalse();
    }

    @Test
    void aCopyCommitsAfterMuchLogOrMuchTime() {
        assertThat(upkeep.commitDue(new Progress(5, 5, 4, 49), 99)).isFalse();
        assertThat(upkeep.commitDue(new Progress(5, 5, 4, 50), 99)).isTrue();
        assertThat(upkeep.commitDue(new Progress(5, 5, 4, 0), 100)).isTrue();
        assertThat(upkeep.commitDue(new Progress(5, 5, 5, 0), 100))
                .as("nothing new")
                .isFalse();
        upkeep.committed(100);
        assertThat(upkeep.commitDue(new Progress(5, 5, 4, 0), 199)).isFalse();
    }

    @Test
    void pausesDoubleUntilThereWasPeace() {
        Backoff backoff = new Backoff(Duration.ofNanos(10), Duration.ofNanos(35));
        assertThat(backoff.afterFailure(0)).isEqualTo(10);
        assertThat(backoff.afterFailure(10)).isEqualTo(20);
        assertThat(backoff.afterFailure(31)).isEqualTo(35);
        assertThat(backoff.afterFailure(67)).isEqualTo(35);
        assertThat(backoff.afterFailure(67 + 70)).isEqualTo(10);
    }
}
