package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.protocol.node.GetRequest;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.query.replica.CatchUp;
import io.elpis.query.search.Readiness;
import io.elpis.query.search.TestIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreshnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private TestIndex index;
    private Freshness freshness;

    @BeforeEach
    void open() throws Exception {
        index = new TestIndex(directory, 2, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")
                .index(0, "a", "{\"title\":\"red\"}")
                .refresh();
        for (int shard = 0; shard < 2; shard++) {
            index.copy(shard).refreshEvery(Duration.ofHours(1));
        }
        freshness = new Freshness(index.copies()::find);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private SearchRequest.Builder all() {
        return index.request(io.elpis.model.search.SearchRequest.of(new QueryNode.MatchAll(1f)));
    }

    private Map<Integer, ElpisException> await(SearchRequest request, Duration patience) throws Exception {
        Map<Integer, ElpisException> behind = new HashMap<>();
        freshness.forSearch(request, patience).get(20, TimeUnit.SECONDS).forEach((ordinal, readiness) -> {
            if (readiness instanceof Readiness.NotReady(ElpisException why)) {
                behind.put(ordinal, why);
            }
        });
        return behind;
    }

    /** The copy may be another, or further back, when its turn to be read comes. */
    @Test
    void whatWasWaitedForIsDemandedOfWhatIsRead() throws Exception {
        Map<Integer, Readiness> readiness =
                freshness.forSearch(all().setStrong(true).build(), PATIENCE).get(20, TimeUnit.SECONDS);
        assertThat(readiness).hasSize(2);
        Readiness.Ready ready = (Readiness.Ready) Objects.requireNonNull(readiness.get(0));
        assertThat(ready.demand().offset()).isEqualTo(index.log(0).end());
        ready.demand().checkApplied(Objects.requireNonNull(index.copy(0).copy()));
    }

    @Test
    void withoutDemandsNothingIsAsked() {
        assertThat(Freshness.asked(all().build())).isFalse();
        assertThat(Freshness.asked(all().setStrong(true).build())).isTrue();
        assertThat(Freshness.asked(all().addAtLeast(position(1, 1)).build())).isTrue();
    }

    @Test
    void strongSearchSeesWhatWasWrittenBeforeIt() throws Exception {
        index.index(0, "b", "{\"title\":\"red\"}").index(1, "c", "{\"title\":\"red\"}");
        SearchRequest request = all().setStrong(true).build();
        assertThat(TestIndex.ids(index.search(request))).doesNotContain("b", "c");
        assertThat(await(request, PATIENCE)).isEmpty();
        assertThat(TestIndex.ids(index.search(request))).contains("a", "b", "c");
    }

    @Test
    void strongSearchLeavesOneBarrierInEachLog() throws Exception {
        long before = index.log(0).end();
        assertThat(await(all().setStrong(true).build(), PATIENCE)).isEmpty();
        assertThat(index.log(0).end()).isEqualTo(before + 1);
    }

    @Test
    void strongSearchFailsAShardWhoseLogIsSilent() throws Exception {
        index.log(1).fallSilent();
        assertThat(await(all().setStrong(true).build(), SHORT))
                .containsOnlyKeys(1)
                .hasEntrySatisfying(1, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE));
    }

    /** It may serve by the time it is searched, and then nobody has waited for it. */
    @Test
    void shardThatDoesNotServeIsNotWaitedForInVain() throws Exception {
        index.copy(0).close().join();
        assertThat(await(all().setStrong(true).build(), PATIENCE))
                .containsOnlyKeys(0)
                .hasEntrySatisfying(0, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SHARD_NOT_AVAILABLE));
    }

    @Test
    void sessionSearchSeesWhatTheSessionHasSeen() throws Exception {
        index.index(0, "b", "{\"title\":\"red\"}");
        SearchRequest request = all().addAtLeast(position(1, index.log(0).end()))
                .addAtLeast(position(0, 0))
                .build();
        assertThat(await(request, PATIENCE)).isEmpty();
        assertThat(TestIndex.ids(index.search(request))).contains("b");
    }

    @Test
    void copyThatIsBehindTheSessionSaysHowFar() throws Exception {
        long reached = index.log(0).end();
        index.log(0).fallSilent();
        index.index(0, "b", "{\"title\":\"red\"}");
        Map<Integer, ElpisException> behind =
                await(all().addAtLeast(position(1, reached + 1)).build(), SHORT);
        assertThat(behind).containsOnlyKeys(0);
        assertThat(behind.get(0))
                .hasMessageContaining("everything before offset " + (reached + 1) + ", this copy has applied up to "
                        + reached + ", 1 records less");
        assertThat(behind.get(0))
                .isInstanceOfSatisfying(
                        ElpisException.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.COPY_BEHIND));
    }

    @Test
    void earlierGenerationIsSeenAndALaterOneIsNot() throws Exception {
        assertThat(await(all().addAtLeast(position(0, 900)).build(), SHORT)).isEmpty();
        assertThat(await(all().addAtLeast(position(2, 1)).build(), SHORT).get(0))
                .hasMessageContaining("the session has seen generation 2");
    }

    @Test
    void strongReadIsNeverStale() throws Exception {
        GetRequest get = get().setStrong(true).build();
        assertThat(freshness
                        .forGet(index.copy(0), get, PATIENCE)
                        .get(20, TimeUnit.SECONDS)
                        .possiblyStale())
                .isFalse();
        index.log(0).fallSilent();
        assertThat(freshness.forGet(index.copy(0), get, SHORT))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no barrier got through its log in time");
    }

    @Test
    void silentLogIsNoExcuseForASession() throws Exception {
        long reached = index.log(0).end();
        index.log(0).fallSilent();
        GetRequest seen = get().setAtLeast(position(1, reached)).build();
        assertThat(freshness
                        .forGet(index.copy(0), seen, SHORT)
                        .get(20, TimeUnit.SECONDS)
                        .possiblyStale())
                .isTrue();
        GetRequest ahead = get().setAtLeast(position(1, reached + 1)).build();
        assertThat(freshness.forGet(index.copy(0), ahead, SHORT))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("is behind here");
    }

    /** The log has said where it ends: another copy may be there. */
    @Test
    void copyThatDoesNotGetToTheEndOfItsLogIsBehind() {
        long reached = index.log(0).end();
        index.log(0).holdBack();
        index.index(0, "a", "{\"title\":\"blue\"}");
        assertThat(freshness.forGet(index.copy(0), get().build(), SHORT))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("everything before offset " + (reached + 1));
    }

    @Test
    void readersWhoFindTooManyWaitingAreRefused() throws Exception {
        index.log(0).holdBack();
        index.index(0, "b", "{\"title\":\"red\"}");
        GetRequest ahead = get().setAtLeast(position(1, index.log(0).end())).build();
        for (int reader = 0; reader < CatchUp.MOST_READERS; reader++) {
            assertThat(freshness.forGet(index.copy(0), ahead, Duration.ofHours(1)))
                    .isNotDone();
        }
        assertThat(freshness.forGet(index.copy(0), ahead, PATIENCE))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("rejected execution of a read");
        assertThat(await(all().setStrong(true).build(), PATIENCE))
                .containsOnlyKeys(0)
                .hasEntrySatisfying(0, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
        index.copy(0).close().join();
        assertThat(index.copy(0).catchUp().forReader(() -> CompletableFuture.completedFuture("room")))
                .isCompleted();
    }

    @Test
    void strongReadTellsOfACopyThatDoesNotConsumeItsBarrier() throws Exception {
        long reached = index.log(0).end();
        index.log(0).holdBack();
        assertThat(await(all().setStrong(true).build(), SHORT))
                .containsOnlyKeys(0)
                .hasEntrySatisfying(0, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.COPY_BEHIND);
                    assertThat(failure)
                            .hasMessageContaining("a strong read has to see everything before offset " + (reached + 1));
                });
    }

    @Test
    void strongReadOfAnEarlierGenerationIsNoneForASessionOfALater() throws Exception {
        SearchRequest request = all().setStrong(true).addAtLeast(position(2, 1)).build();
        assertThat(await(request, SHORT).get(0)).hasMessageContaining("the session has seen generation 2");
    }

    /** A former leader that is cut off may tell an end that the session is already beyond. */
    @Test
    void sessionIsNotMisledByAnOldEnd() throws Exception {
        long reached = index.log(0).end();
        GetRequest ahead = get().setAtLeast(position(1, reached + 1)).build();
        assertThat(freshness.forGet(index.copy(0), ahead, SHORT))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("is behind here");
    }

    private GetRequest.Builder get() {
        return GetRequest.newBuilder()
                .setShard(ShardWire.write(index.shard(0)))
                .setId("a")
                .setRealtime(true);
    }

    private static Position position(long generation, long offset) {
        return NodeStates.position(generation, offset);
    }
}
