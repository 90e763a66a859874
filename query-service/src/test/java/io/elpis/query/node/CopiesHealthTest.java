package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.placement.PlacementReader;
import io.elpis.query.replica.CopyPhase;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.LogAddress;
import io.elpis.query.search.TestIndex;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

final class CopiesHealthTest {
    @TempDir
    Path directory;

    private TestIndex index;
    private PlacementReader placement;
    private CopiesHealth health;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 1, "{\"properties\":{\"title\":{\"type\":\"text\"}}}");
        placement = new PlacementReader("query-1", index.copies());
        health = new CopiesHealth(placement, index.copies());
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void aNodeIsReadyOnceItServesWhatItIsToHold() {
        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        placement.caughtUp();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aCopyGivenLaterCatchesUpWhileTheNodeIsReady() {
        placement.caughtUp();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        index.log(0).fallSilent();
        index.copies().hold(new CopyPlan(index.shard(0), new LogAddress("elpis.index.test", 0), 2));
        assertThat(index.copy(0).status().phase()).isEqualTo(CopyPhase.RECOVERING);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aFailedCopyIsSaidPlainly() {
        placement.caughtUp();
        index.log(0).append(new byte[] {8, 99});
        long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (index.copy(0).status().phase() != CopyPhase.FAILED) {
            assertThat(System.nanoTime()).isLessThan(patience);
            Thread.onSpinWait();
        }
        Health down = health();
        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getDetails()).containsKey("failed");
        assertThat(String.valueOf(down.getDetails().get("failed"))).contains("format 99");
    }

    private Health health() {
        return health.health();
    }
}
