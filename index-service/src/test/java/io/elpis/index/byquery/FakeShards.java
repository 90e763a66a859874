package io.elpis.index.byquery;

import com.google.protobuf.ByteString;
import io.elpis.index.ingest.NamedWrites.Action;
import io.elpis.index.ingest.NamedWrites.Guard;
import io.elpis.index.ingest.NamedWrites.Order;
import io.elpis.index.ingest.NamedWrites.Result;
import io.elpis.model.document.SourceMerge;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.result.TieHash;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import io.elpis.protocol.scan.PointInTime;
import io.elpis.protocol.scan.ScanCursor;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.task.SourceShard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Shards in memory with two copies each, that follow the rules of {@code scan.proto} and of the log: conditions are decided
 * in order, and a name's first outcome is its outcome.
 */
final class FakeShards implements ScanCalls, BatchWriter.Attempt {
    static final List<String> NODES = List.of("query-1", "query-2");

    private static final Comparator<ScannedDocument> ORDER = Comparator.comparing(
                    (ScannedDocument document) -> document.getAt().getTie(), Long::compareUnsigned)
            .thenComparing(document -> document.getAt().getId());

    /** By shard, then by id. */
    final Map<Integer, Map<String, ScannedDocument>> documents = new TreeMap<>();

    private final Map<Integer, Long> seqNos = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<Long, Lease> leases = new HashMap<>();
    private long lastLease;

    /** Called with the number of each write before it is applied; may throw. */
    Step beforeWrite = _ -> {};

    Step beforeScan = _ -> {};
    int writes;
    int scans;

    interface Step {
        void before(int number);
    }

    private record Lease(String node, List<ScannedDocument> documents, PointInTime point) {}

    Map<String, ScannedDocument> of(int shard) {
        return documents.computeIfAbsent(shard, _ -> new HashMap<>());
    }

    /** Anybody's write. */
    Outcome put(int shard, String id, String source) {
        Map<String, ScannedDocument> its = of(shard);
        ScannedDocument before = its.get(id);
        long seqNo = seqNos.merge(shard, 1L, Long::sum) - 1;
        long version = before == null ? 1 : before.getVersion() + 1;
        its.put(
                id,
                ScannedDocument.newBuilder()
                        .setAt(ScanCursor.newBuilder().setTie(TieHash.of(id)).setId(id))
                        .setSource(ByteString.copyFromUtf8(source))
                        .setSeqNo(seqNo)
                        .setPrimaryTerm(1)
                        .setVersion(version)
                        .build());
        return outcome(before == null ? Outcome.Result.CREATED : Outcome.Result.UPDATED);
    }

    /** Anybody's delete. */
    Outcome remove(int shard, String id) {
        seqNos.merge(shard, 1L, Long::sum);
        return outcome(of(shard).remove(id) == null ? Outcome.Result.NOT_FOUND : Outcome.Result.DELETED);
    }

    void loseLeases(String node) {
        leases.values().removeIf(lease -> lease.node.equals(node));
    }

    private static Outcome outcome(Outcome.Result result) {
        return Outcome.newBuilder().setResult(result).build();
    }

    @Override
    public List<String> nodes(ShardId shard) {
        return NODES;
    }

    @Override
    public ScanResponse scan(String node, ScanRequest request) {
        beforeScan.before(++scans);
        if (request.getLease() == 0) {
            return read(open(node, request), request);
        }
        Lease lease = leases.get(request.getLease());
        if (lease == null || !lease.node.equals(node)) {
            throw new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "No search context found");
        }
        return read(request.getLease(), request);
    }

    private long open(String node, ScanRequest request) {
        long highest = seqNos.getOrDefault(request.getShard(), 0L) - 1;
        PointInTime point = request.hasResume()
                ? request.getResume()
                : PointInTime.newBuilder().setSeqNo(highest).build();
        List<ScannedDocument> all = of(request.getShard()).values().stream()
                .filter(document -> document.getSeqNo() <= point.getSeqNo())
                .sorted(ORDER)
                .toList();
        leases.put(++lastLease, new Lease(node, all, point));
        return lastLease;
    }

    private ScanResponse read(long id, ScanRequest request) {
        Lease lease = Objects.requireNonNull(leases.get(id));
        List<ScannedDocument> behind = lease.documents.stream()
                .filter(document -> !request.hasAfter()
                        || ORDER.compare(
                                        document,
                                        ScannedDocument.newBuilder()
                                                .setAt(request.getAfter())
                                                .build())
                                > 0)
                .toList();
        List<ScannedDocument> part = behind.subList(0, Math.min(request.getLimit(), behind.size()));
        return ScanResponse.newBuilder()
                .setLease(id)
                .setPoint(lease.point)
                .setTotal(lease.documents.size())
                .addAllDocuments(part)
                .setLast(part.size() == behind.size())
                .build();
    }

    @Override
    public List<Result> write(SourceShard source, List<Order> orders) {
        List<Result> results = new ArrayList<>();
        for (Order order : orders) {
            beforeWrite.before(++writes);
            results.add(
                    new Result.Applied(outcomes.computeIfAbsent(order.name(), _ -> apply(source.getShard(), order))));
        }
        return results;
    }

    private Outcome apply(int shard, Order order) {
        ScannedDocument found = of(shard).get(order.id());
        if (order.guard() instanceof Guard.Unchanged(long seqNo, long _)
                && (found == null || found.getSeqNo() != seqNo)) {
            return outcome(Outcome.Result.CONFLICT);
        }
        return switch (order.action()) {
            case DELETE -> remove(shard, order.id());
            case INDEX, CREATE -> put(shard, order.id(), order.source());
            case UPDATE, UPDATE_ALWAYS -> update(shard, order, Objects.requireNonNull(found));
        };
    }

    private Outcome update(int shard, Order order, ScannedDocument found) {
        SourceMerge.Merged merged = SourceMerge.merge(found.getSource().toByteArray(), order.source());
        return order.action() == Action.UPDATE && !merged.changed()
                ? outcome(Outcome.Result.NOOP)
                : put(shard, order.id(), merged.source());
    }

    private Outcome put(int shard, String id, byte[] source) {
        return put(shard, id, new String(source, StandardCharsets.UTF_8));
    }

    /** Whether the log has a write of the task to the document, or a question about one. */
    boolean hasMet(int shard, String id) {
        return outcomes.keySet().stream().anyMatch(name -> name.endsWith("/" + shard + "/" + id));
    }
}
