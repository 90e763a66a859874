package io.elpis.query.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.Scalar;
import io.elpis.model.result.TieHash;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.search.QueryWire;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.search.Budget;
import io.elpis.query.search.Demand;
import io.elpis.query.search.TestIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeScanTest {
    private static final String MAPPING = "{\"properties\":{\"n\":{\"type\":\"integer\"}}}";
    private static final int DOCUMENTS = 300;

    @TempDir
    Path first;

    @TempDir
    Path second;

    private final AtomicLong now = new AtomicLong();
    private final Scans scans = new Scans(3, Duration.ofMinutes(1), now::get, 1_000);
    private final NodeScan node = new NodeScan(scans, 25, 100_000);

    @AfterEach
    void close() {
        scans.close();
    }

    @Test
    void theOrderIsThatOfTieHashesHoweverSegmentsLie() throws Exception {
        List<String> expected = IntStream.range(0, DOCUMENTS)
                .mapToObj(at -> "id" + at)
                .sorted(Comparator.comparing(TieHash::of, Long::compareUnsigned))
                .toList();
        try (TestIndex often = filled(first, 17);
                TestIndex once = filled(second, DOCUMENTS)) {
            for (int limit : List.of(1, 7, 25, 40, 1_000)) {
                assertThat(ids(all(often, request(often, limit), limit))).isEqualTo(expected);
                assertThat(ids(all(once, request(once, limit), limit))).isEqualTo(expected);
            }
        }
    }

    @Test
    void onlyMatchingDocumentsComeAndAllOfThemAreCountedAtOnce() throws Exception {
        try (TestIndex index = filled(first, 50)) {
            ScanRequest request = request(index, 10).toBuilder()
                    .setQuery(QueryWire.write(new QueryNode.Range(
                            "n", new Scalar.Whole(100), new Scalar.Whole(200), true, false, null, null, 1f)))
                    .build();
            assertThat(open(index, request).getTotal()).isEqualTo(100);
            assertThat(all(index, request, 10))
                    .hasSize(100)
                    .allSatisfy(document -> assertThat(
                                    Integer.parseInt(document.getAt().getId().substring(2)))
                            .isBetween(100, 199));
        }
    }

    @Test
    void thePointInTimeHoldsDocumentsAsTheyWere() throws Exception {
        try (TestIndex index = filled(first, 50)) {
            ScanResponse opened = open(index, request(index, 10));
            for (int at = 0; at < DOCUMENTS; at++) {
                index.index(0, "id" + at, "{\"n\":-1}");
            }
            index.delete(0, "id5").index(0, "new", "{\"n\":1}").refresh();
            List<ScannedDocument> rest = rest(opened, request(index, 10));
            assertThat(rest).hasSize(DOCUMENTS - 10).allSatisfy(document -> {
                assertThat(document.getSource().toStringUtf8()).doesNotContain("-1");
                assertThat(document.getSeqNo())
                        .isLessThanOrEqualTo(opened.getPoint().getSeqNo());
            });
        }
    }

    @Test
    void anotherCopyGoesOnWithWhatNobodyHasChanged() throws Exception {
        try (TestIndex index = filled(first, 50);
                TestIndex other = filled(second, 120)) {
            ScanResponse opened = open(index, request(index, 100));
            List<String> all = ids(all(index, request(index, 100), 100));
            String changed = all.get(150);
            String deleted = all.get(200);
            String changedAlready = all.get(3);
            for (TestIndex each : List.of(index, other)) {
                each.index(0, changed, "{\"n\":-1}")
                        .index(0, changedAlready, "{\"n\":-1}")
                        .delete(0, deleted)
                        .index(0, "new", "{\"n\":1}")
                        .refresh();
            }
            ScanRequest resuming = request(other, 100).toBuilder()
                    .setResume(opened.getPoint())
                    .setAfter(opened.getDocuments(99).getAt())
                    .build();
            ScanResponse resumed = open(other, resuming);
            assertThat(resumed.getTotal()).isEqualTo(DOCUMENTS - 3);
            List<String> rest = new ArrayList<>(resumed.getDocumentsList().stream()
                    .map(at -> at.getAt().getId())
                    .toList());
            rest.addAll(ids(rest(resumed, resuming.toBuilder().clearResume().build())));
            List<String> expected = new ArrayList<>(all.subList(100, DOCUMENTS));
            expected.removeAll(List.of(changed, deleted));
            assertThat(rest).isEqualTo(expected);
            assertThat(resumed.getPoint()).isEqualTo(opened.getPoint());
        }
    }

    @Test
    void aLeaseLivesAsLongAsItIsAskedAndNoLonger() throws Exception {
        try (TestIndex index = filled(first, 50)) {
            ScanRequest next = request(index, 0).toBuilder()
                    .setLease(open(index, request(index, 0)).getLease())
                    .build();
            for (int times = 0; times < 3; times++) {
                now.addAndGet(Duration.ofSeconds(50).toNanos());
                scans.expire();
                assertThat(node.next(next, Budget.unlimited()).getDocumentsCount())
                        .isZero();
            }
            now.addAndGet(Duration.ofSeconds(61).toNanos());
            assertThatThrownBy(() -> node.next(next, Budget.unlimited()))
                    .isInstanceOfSatisfying(
                            ElpisException.class,
                            gone -> assertThat(gone.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
            assertThat(scans.size()).isZero();
        }
    }

    @Test
    void theOneNotAskedForLongestGoesWhenThereAreTooMany() throws Exception {
        try (TestIndex index = filled(first, 50)) {
            ScanRequest none = request(index, 0);
            List<Long> leases = new ArrayList<>();
            for (int at = 0; at < 3; at++) {
                leases.add(open(index, none).getLease());
            }
            node.next(none.toBuilder().setLease(leases.getFirst()).build(), Budget.unlimited());
            leases.add(open(index, none).getLease());
            assertThat(scans.size()).isEqualTo(3);
            assertThatThrownBy(() ->
                            node.next(none.toBuilder().setLease(leases.get(1)).build(), Budget.unlimited()))
                    .isInstanceOf(ElpisException.class);
            assertThat(node.next(none.toBuilder().setLease(leases.getFirst()).build(), Budget.unlimited())
                            .getTotal())
                    .isEqualTo(DOCUMENTS);
        }
    }

    @Test
    void largeSourcesMakeShortAnswersAndNoneIsLost() throws Exception {
        try (TestIndex index = new TestIndex(first, 1, MAPPING)) {
            String blank = " ".repeat(40_000);
            for (int at = 0; at < 10; at++) {
                index.index(0, "id" + at, "{\"n\":" + blank + "1}");
            }
            index.refresh();
            ScanResponse opened = open(index, request(index, 10));
            assertThat(opened.getDocumentsCount()).isEqualTo(2);
            assertThat(opened.getLast()).isFalse();
            assertThat(all(index, request(index, 10), 10)).hasSize(10);
        }
    }

    @Test
    void anEmptyShardIsAtItsEnd() throws Exception {
        try (TestIndex index = new TestIndex(first, 1, MAPPING)) {
            ScanResponse opened = open(index, request(index, 10));
            assertThat(opened.getLast()).isTrue();
            assertThat(opened.getTotal()).isZero();
            assertThat(opened.getPoint().getSeqNo()).isEqualTo(-1);
        }
    }

    private static TestIndex filled(Path directory, int refreshEvery) throws Exception {
        TestIndex index = new TestIndex(directory, 1, MAPPING);
        for (int at = 0; at < DOCUMENTS; at++) {
            index.index(0, "id" + at, "{\"n\":" + at + "}");
            if (at % refreshEvery == refreshEvery - 1) {
                index.refresh();
            }
        }
        return index.refresh();
    }

    private static ScanRequest request(TestIndex index, int limit) {
        return ScanRequest.newBuilder()
                .setIndexUuid(ByteString.copyFrom(index.shard(0).index().bytes()))
                .setShard(0)
                .setQuery(QueryWire.write(new QueryNode.MatchAll(1f)))
                .setNowMillis(TestIndex.NOW)
                .setLimit(limit)
                .build();
    }

    private ScanResponse open(TestIndex index, ScanRequest request) throws IOException {
        ShardCopy copy = Objects.requireNonNull(index.copy(0).copy());
        return node.open(copy, Demand.none(index.shard(0), 1), request, Budget.unlimited());
    }

    private List<ScannedDocument> all(TestIndex index, ScanRequest request, int most) throws IOException {
        ScanResponse opened = open(index, request);
        List<ScannedDocument> all = new ArrayList<>(opened.getDocumentsList());
        all.addAll(rest(opened, request));
        assertThat(opened.getDocumentsCount()).isLessThanOrEqualTo(most);
        return all;
    }

    private List<ScannedDocument> rest(ScanResponse from, ScanRequest request) throws IOException {
        List<ScannedDocument> rest = new ArrayList<>();
        ScanResponse part = from;
        while (!part.getLast()) {
            ScannedDocument last = part.getDocuments(part.getDocumentsCount() - 1);
            part = node.next(
                    request.toBuilder()
                            .setLease(from.getLease())
                            .setAfter(last.getAt())
                            .build(),
                    Budget.unlimited());
            rest.addAll(part.getDocumentsList());
        }
        return rest;
    }

    private static List<String> ids(List<ScannedDocument> documents) {
        return documents.stream().map(document -> document.getAt().getId()).toList();
    }
}
