package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import io.elpis.protocol.node.RefreshRequest;
import io.elpis.protocol.node.RefreshResponse;
import io.elpis.protocol.record.Position;
import io.elpis.query.search.TestIndex;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refreshes of a node over real gRPC. */
final class RefreshCallTest {
    @TempDir
    Path directory;

    private RunningNode node;

    @BeforeEach
    void open() throws Exception {
        node = new RunningNode(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void refreshMakesAPositionVisible() throws Exception {
        node.index.index(0, "c", "{\"title\":\"red\"}");
        long last = node.index.log(0).end() - 1;
        Position visible = node.as("write")
                .refresh(RefreshRequest.newBuilder()
                        .setShard(node.shard(0))
                        .setUpTo(NodeStates.position(1, last))
                        .build())
                .getVisible();
        assertThat(visible.getOffset()).isEqualTo(last + 1);
        assertThat(TestIndex.ids(node.index.search(RunningNode.red()))).contains("c");
    }

    @Test
    void refreshThatIsAwaitedComesWhenItIsDue() throws Exception {
        node.index.copy(0).refreshEvery(Duration.ofHours(1));
        node.index.index(0, "c", "{\"title\":\"red\"}");
        var waiting = node.futures("write").refresh(awaited(node.index.log(0).end() - 1));
        node.index.copies().upkeep(System.nanoTime());
        assertThat(waiting.isDone()).isFalse();
        assertThat(TestIndex.ids(node.index.search(RunningNode.red()))).doesNotContain("c");
        node.index.copy(0).refreshEvery(Duration.ZERO);
        await().until(() -> {
            node.index.copies().upkeep(System.nanoTime());
            return waiting.isDone();
        });
        assertThat(waiting.get().getForced()).isFalse();
        assertThat(waiting.get().getVisible().getOffset())
                .isEqualTo(node.index.log(0).end());
        assertThat(TestIndex.ids(node.index.search(RunningNode.red()))).contains("c");
    }

    @Test
    void refreshThatDoesNotComeIsAwaitedNoLongerThanItsCallerWants() {
        node.index.copy(0).refreshEvery(Duration.ofHours(1));
        node.index.index(0, "c", "{\"title\":\"red\"}");
        assertThat(RunningNode.refusal(() -> node.as("write")
                        .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                        .refresh(awaited(node.index.log(0).end() - 1))))
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void whereTooManyAwaitARefreshOneIsMade() throws Exception {
        node.index.copy(0).refreshEvery(Duration.ofHours(1));
        node.index.index(0, "c", "{\"title\":\"red\"}");
        var stub = node.futures("write");
        List<ListenableFuture<RefreshResponse>> waiting = new ArrayList<>();
        for (int waiter = 0; waiter < 1_001; waiter++) {
            waiting.add(stub.refresh(awaited(node.index.log(0).end() - 1)));
        }
        await().until(() -> waiting.stream().anyMatch(Future::isDone));
        await().until(() -> {
            node.index.copies().upkeep(System.nanoTime());
            return waiting.stream().allMatch(Future::isDone);
        });
        int forced = 0;
        for (var answer : waiting) {
            forced += answer.get().getForced() ? 1 : 0;
        }
        assertThat(forced).isEqualTo(1);
    }

    @Test
    void aPositionInAnotherLogIsRefused() {
        RefreshRequest request = RefreshRequest.newBuilder()
                .setShard(node.shard(0))
                .setUpTo(NodeStates.position(7, 0))
                .build();
        assertThat(RunningNode.refusal(() -> node.as("write").refresh(request))).isEqualTo(Status.Code.OUT_OF_RANGE);
    }

    private RefreshRequest awaited(long lastOffset) {
        return RefreshRequest.newBuilder()
                .setShard(node.shard(0))
                .setUpTo(NodeStates.position(1, lastOffset))
                .setAwait(true)
                .build();
    }
}
