package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.outcome.OutcomeFeed;
import io.elpis.index.outcome.OutcomeProperties;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class WriteTest {
    private final List<OutcomeFeed.Listener> followed = new ArrayList<>();
    private boolean copies = true;

    private final OutcomeTracker outcomes =
            new OutcomeTracker(this::follow, new OutcomeProperties(100, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    private final CountDownLatch latch = new CountDownLatch(1);
    private final Write write = handedOver();

    private Optional<OutcomeFeed.Following> follow(
            ShardId shard, long generation, long from, String except, OutcomeFeed.Listener listener) {
        if (!copies) {
            return Optional.empty();
        }
        followed.add(listener);
        return Optional.of(new OutcomeFeed.Following() {
            @Override
            public String node() {
                return "query-1";
            }

            @Override
            public void cancel() {}
        });
    }

    private Write handedOver() {
        CatalogIndex index = new WriteDoor().catalog.create(new IndexName("books"), IndexDefinition.parse(new byte[0]));
        Write made =
                new Write(new WriteRequest(WriteKind.DELETE, "books", "1", null, null, new WriteContent.Nothing()));
        made.target(index, OpId.getDefaultInstance(), "1");
        made.handOver(outcomes, latch, 0);
        return made;
    }

    @Test
    void anOutcomeEndsIt() {
        write.stored(7);
        followed.getFirst().outcome(7, Outcome.getDefaultInstance());
        assertThat(latch.getCount()).isZero();
        assertThat(write.result()).isEqualTo(new WriteResult.Applied(Outcome.getDefaultInstance(), 7));
    }

    /** Nobody waits for it any more, so that it must not be kept: while no copy serves that would be for ever. */
    @Test
    void oneThatIsStoredAfterItWasGivenUpIsNotWaitedFor() {
        copies = false;
        write.giveUp();
        write.stored(7);
        copies = true;
        outcomes.tick();
        assertThat(followed).isEmpty();
        assertThat(write.result()).isEqualTo(new WriteResult.Undecided(-1));
    }

    @Test
    void oneThatIsGivenUpAfterItWasStoredIsNotWaitedFor() {
        copies = false;
        write.stored(7);
        write.giveUp();
        copies = true;
        outcomes.tick();
        assertThat(followed).isEmpty();
        assertThat(write.result()).isEqualTo(new WriteResult.Undecided(7));
    }
}
