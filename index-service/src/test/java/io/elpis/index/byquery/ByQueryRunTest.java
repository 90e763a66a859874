package io.elpis.index.byquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import io.elpis.protocol.task.SourceShard;
import io.elpis.support.error.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ByQueryRunTest {
    final FakeShards shards = new FakeShards();
    final FakeTask task = new FakeTask();
    private final List<Duration> slept = new ArrayList<>();
    private long now;

    private final Timer timer = new Timer() {
        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            now += duration.toNanos();
        }
    };

    void fill(int documents) {
        for (int at = 0; at < documents; at++) {
            shards.put(at % 2, "id" + at, "{}");
        }
    }

    static ByQueryRequest.Builder request(Kind kind) {
        ByQueryRequest.Builder request =
                ByQueryRequest.newBuilder().setKind(kind).setBatchSize(7).setProceed(true);
        for (int shard = 0; shard < 2; shard++) {
            request.addShards(SourceShard.newBuilder()
                    .setIndex("books")
                    .setIndexUuid(ByteString.copyFrom(new byte[16]))
                    .setShard(shard));
        }
        return request;
    }

    /** A run of whichever instance: from what was saved last. */
    ByQueryProgress run(ByQueryRequest request) throws Exception {
        ByQueryProgress.Builder progress = saved().toBuilder();
        new ByQueryRun(request, progress, task, shards, shards, timer, Duration.ofMinutes(2)).run();
        return progress.build();
    }

    private ByQueryProgress saved() throws InvalidProtocolBufferException {
        return ByQueryProgress.parseFrom(task.saved);
    }

    int left() {
        return shards.documents.values().stream().mapToInt(its -> its.size()).sum();
    }

    @Test
    void everyMatchingDocumentIsDeletedOnce() throws Exception {
        fill(100);
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getTotal()).isEqualTo(100);
        assertThat(account.getDeleted()).isEqualTo(100);
        assertThat(account.getVersionConflicts()).isZero();
        assertThat(account.getBatches()).isEqualTo(2 * 8);
        assertThat(left()).isZero();
    }

    @Test
    void whatWasWrittenAfterThePointInTimeStays() throws Exception {
        fill(40);
        shards.beforeWrite = number -> {
            if (number == 10) {
                shards.put(0, "new", "{}");
                shards.put(0, anyLeft(), "{\"changed\":true}");
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getTotal()).isEqualTo(40);
        assertThat(account.getDeleted()).isEqualTo(39);
        assertThat(account.getVersionConflicts()).isEqualTo(1);
        assertThat(left()).isEqualTo(2);
    }

    private String anyLeft() {
        return shards.of(0).keySet().stream()
                .filter(id -> !id.equals("new"))
                .max(String::compareTo)
                .orElseThrow();
    }

    @Test
    void aConflictEndsATaskThatDoesNotProceed() throws Exception {
        fill(40);
        shards.beforeWrite = number -> {
            if (number == 10) {
                shards.of(0).keySet().forEach(id -> shards.put(0, id, "{}"));
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).setProceed(false).build());
        assertThat(account.getDeleted()).isEqualTo(9);
        assertThat(account.getVersionConflicts()).isEqualTo(5);
        assertThat(account.getFailuresList())
                .hasSize(5)
                .allSatisfy(failure -> assertThat(failure.getStatus()).isEqualTo(409));
        assertThat(account.getBatches()).isEqualTo(2);
        // Also when its instance dies before it can say so.
        int before = shards.writes;
        assertThat(run(request(Kind.DELETE).setProceed(false).build()).getDeleted())
                .isEqualTo(9);
        assertThat(shards.writes).isEqualTo(before);
    }

    @Test
    void noMoreThanMaxDocsAreDealtWith() throws Exception {
        fill(100);
        ByQueryProgress account = run(request(Kind.DELETE).setMaxDocs(60).build());
        assertThat(account.getTotal()).isEqualTo(60);
        assertThat(account.getDeleted()).isEqualTo(60);
        assertThat(left()).isEqualTo(40);
    }

    @Test
    void updatesWriteDocumentsAsTheyAre() throws Exception {
        fill(20);
        ByQueryProgress account = run(request(Kind.UPDATE).build());
        assertThat(account.getUpdated()).isEqualTo(20);
        shards.documents
                .values()
                .forEach(its -> assertThat(its.values())
                        .allSatisfy(
                                document -> assertThat(document.getVersion()).isEqualTo(2)));
    }

    static ByQueryRequest.Builder merge(String doc) {
        return request(Kind.MERGE).setDoc(ByteString.copyFromUtf8(doc)).setDetectNoop(true);
    }

    private ScannedDocument document(int shard, String id) {
        return Objects.requireNonNull(shards.of(shard).get(id));
    }

    private List<String> sources() {
        return shards.documents.values().stream()
                .flatMap(its -> its.values().stream())
                .map(document -> document.getSource().toStringUtf8())
                .toList();
    }

    @Test
    void aMergeWritesWhatItChanges() throws Exception {
        fill(20);
        shards.put(0, "done", "{\"a\":1,\"b\":2}");
        shards.put(1, "other", "{\"b\":2,\"a\":3}");
        ByQueryProgress account = run(merge("{\"a\":1}").build());
        assertThat(account.getTotal()).isEqualTo(22);
        assertThat(account.getUpdated()).isEqualTo(21);
        assertThat(account.getNoops()).isEqualTo(1);
        assertThat(document(0, "done").getVersion()).isEqualTo(1);
        assertThat(document(1, "other").getSource().toStringUtf8()).isEqualTo("{\"b\":2,\"a\":1}");
        assertThat(sources()).allSatisfy(source -> assertThat(source).contains("\"a\":1"));
    }

    @Test
    void aMergeWritesAllWhereItIsToldTo() throws Exception {
        shards.put(0, "done", "{\"a\":1}");
        ByQueryProgress account = run(merge("{\"a\":1}").setDetectNoop(false).build());
        assertThat(account.getUpdated()).isEqualTo(1);
        assertThat(account.getNoops()).isZero();
        assertThat(document(0, "done").getVersion()).isEqualTo(2);
    }

    @Test
    void aMergeLeavesWhatOthersHaveChanged() throws Exception {
        fill(40);
        shards.beforeWrite = number -> {
            if (number == 10) {
                shards.put(0, unmet(), "{\"a\":2}");
            }
        };
        ByQueryProgress account = run(merge("{\"a\":1}").build());
        assertThat(account.getUpdated()).isEqualTo(39);
        assertThat(account.getVersionConflicts()).isEqualTo(1);
        assertThat(sources()).containsOnlyOnce("{\"a\":2}");
    }

    private String unmet() {
        return shards.of(0).keySet().stream()
                .filter(id -> !shards.hasMet(0, id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasFoundUnchangedBeforeAnInstanceDiedIsNoConflictOnceOthersChangeIt() throws Exception {
        shards.put(0, "a", "{\"a\":1}");
        shards.put(0, "b", "{\"a\":1}");
        shards.beforeWrite = number -> {
            if (number == 2) {
                throw new FakeTask.Death();
            }
        };
        ByQueryRequest request = merge("{\"a\":1}").build();
        assertThatThrownBy(() -> run(request)).isInstanceOf(FakeTask.Death.class);
        shards.loseLeases("query-1");
        shards.loseLeases("query-2");
        String met = shards.hasMet(0, "a") ? "a" : "b";
        shards.put(0, met, "{\"a\":2}");
        ByQueryProgress account = run(request);
        assertThat(account.getNoops()).isEqualTo(2);
        assertThat(account.getVersionConflicts()).isZero();
    }

    @Test
    void aCancelledTaskStopsBetweenBatches() throws Exception {
        fill(100);
        task.cancelAtSave = 6;
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getDeleted()).isEqualTo(14);
        assertThat(account.getTotal()).isEqualTo(100);
        assertThat(left()).isEqualTo(86);
        assertThat(saved().getDeleted()).isEqualTo(14);
        assertThat(saved().getShards(0).getPlanCount()).isZero();
    }

    @Test
    void aCancelledTaskEndsAsCancelledThoughNobodyAnswers() throws Exception {
        fill(100);
        shards.beforeScan = number -> {
            if (number > 4) {
                task.cancelled = true;
                throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "nobody there");
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getDeleted()).isPositive().isEqualTo(100 - left());
    }

    @Test
    void whatEndsATaskEarlyComesWithItsAccount() {
        ByQueryProgress account =
                ByQueryProgress.newBuilder().setTotal(9).setDeleted(4).build();
        ElpisException told = ByQueryJson.withAccount(
                new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "nobody there", Map.of("shard", 1)),
                task.row(),
                Kind.DELETE,
                account);
        assertThat(new String(ErrorBody.of(told), StandardCharsets.UTF_8))
                .contains("\"shard\":1", "\"task\":\"" + task.row().name() + "\"")
                .contains("\"account\":{\"total\":9,\"deleted\":4,\"version_conflicts\":0,\"noops\":0,\"failed\":0}");
    }

    @Test
    void aThrottledTaskTakesItsTime() throws Exception {
        fill(40);
        task.rate = 10;
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getDeleted()).isEqualTo(40);
        // All but the last batch of each shard wait.
        assertThat(account.getThrottledMillis()).isBetween(2_700L, 2_900L);
    }

    @Test
    void aThrottledTaskCanBeHurried() throws Exception {
        fill(400);
        task.rate = 100;
        shards.beforeWrite = number -> task.rate = number >= 50 ? -1 : task.rate;
        assertThat(run(request(Kind.DELETE).build()).getDeleted()).isEqualTo(400);
        assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMillis(400), Duration.ofSeconds(1));
    }

    @Test
    void whatIsRefusedForNowIsTriedAgain() throws Exception {
        fill(20);
        shards.beforeWrite = number -> {
            if (number >= 5 && number < 12) {
                throw new ElpisException(ErrorCode.LOG_UNAVAILABLE, "not now");
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getDeleted()).isEqualTo(20);
        assertThat(account.getBulkRetries()).isPositive();
        assertThat(account.getFailed()).isZero();
    }

    @Test
    void withoutALogTheTaskEndsWithAnExactAccount() throws Exception {
        fill(40);
        shards.beforeWrite = number -> {
            if (number > 7) {
                throw new ElpisException(ErrorCode.LOG_UNAVAILABLE, "not at all");
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getDeleted()).isEqualTo(7);
        assertThat(account.getFailed()).isEqualTo(7);
        assertThat(account.getFailuresList())
                .hasSize(7)
                .allSatisfy(failure -> assertThat(failure.getStatus()).isEqualTo(503));
        assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(130));
    }

    @Test
    void whatWasWrittenBeforeItsInstanceDiedCountsThoughNoCopyCanBeRead() throws Exception {
        fill(40);
        shards.beforeWrite = number -> {
            if (number == 12) {
                throw new FakeTask.Death();
            }
        };
        assertThatThrownBy(() -> run(request(Kind.DELETE).build())).isInstanceOf(FakeTask.Death.class);
        assertThat(saved().getDeleted()).isEqualTo(7);
        assertThat(saved().getShards(0).getPlanCount()).isEqualTo(7);
        shards.beforeScan = _ -> {
            throw new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "nobody there");
        };
        assertThatThrownBy(() -> run(request(Kind.DELETE).build())).hasMessage("nobody there");
        assertThat(saved().getDeleted()).isEqualTo(40 - left()).isEqualTo(11);
        assertThat(saved().getVersionConflicts() + saved().getFailed()).isZero();
    }

    @Test
    void aQueryThatFitsNoSchemaFailsAtOnce() {
        fill(4);
        shards.beforeScan = _ -> {
            throw new ElpisException(ErrorCode.QUERY_SHARD, "failed to create query");
        };
        assertThatThrownBy(() -> run(request(Kind.DELETE).build())).hasMessage("failed to create query");
        assertThat(slept).isEmpty();
    }

    @Test
    void anotherCopyIsReadWhereOneIsLost() throws Exception {
        fill(60);
        Set<String> changed = new HashSet<>();
        shards.beforeScan = number -> {
            if (number == 6) {
                shards.of(1).keySet().stream().sorted().limit(4).forEach(changed::add);
                changed.forEach(id -> shards.put(1, id, "{}"));
                shards.put(1, "new", "{}");
                shards.loseLeases("query-1");
            }
        };
        ByQueryProgress account = run(request(Kind.DELETE).build());
        assertThat(account.getTotal()).isEqualTo(60);
        assertThat(account.getDeleted()).isEqualTo(56);
        assertThat(account.getVersionConflicts()).isEqualTo(4);
        assertThat(left()).isEqualTo(5);
        assertThat(account.getShards(1).getNode()).isIn(FakeShards.NODES);
    }
}
