package io.elpis.query.search;

import com.google.protobuf.ByteString;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.query.QueryNode;
import io.elpis.model.schema.AnalysisSettings;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.DeleteAction;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.record.MappingWire;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.WriterOp;
import io.elpis.protocol.search.RequestWire;
import io.elpis.query.placement.NodeCopies;
import io.elpis.query.replica.CopyPlan;
import io.elpis.query.replica.CopySettings;
import io.elpis.query.replica.CopyStorage;
import io.elpis.query.replica.DeadLetterOutbox;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.HostingSettings;
import io.elpis.query.replica.ListLog;
import io.elpis.query.replica.LogAddress;
import io.elpis.query.replica.LogSchemas;
import io.elpis.query.replica.Workers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An index with some shards, each with one copy on this node, fed by logs in memory. */
public final class TestIndex implements AutoCloseable {
    public static final long NOW = 1_700_000_000_000L;
    public static final long ANSWER_LIMIT = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IndexUuid uuid = new IndexUuid(new UUID(11, 12));
    private final Workers workers = Workers.start(2);
    private final List<ListLog> logs = new ArrayList<>();
    private final NodeCopies copies;
    private final int shards;
    private final Mapping mapping;
    public final Leases leases = new Leases(10, Duration.ofSeconds(30), System::nanoTime, 100);
    private final NodeSearch search;
    private long counter;

    /** @param mapping JSON */
    public TestIndex(Path directory, int shards, String mapping) throws Exception {
        this(directory, shards, mapping, "{}");
    }

    /** @param analysis JSON, as is the mapping */
    public TestIndex(Path directory, int shards, String mapping, String analysis) throws Exception {
        AnalysisSettings settings = AnalysisSettingsParser.parse(analysis.getBytes(StandardCharsets.UTF_8));
        this.mapping =
                MappingParser.parse(mapping.getBytes(StandardCharsets.UTF_8)).withVersion(1);
        this.shards = shards;
        Semaphore serving = new Semaphore(0);
        this.copies = new NodeCopies(
                directory,
                64 << 20,
                (plan, place) -> new HostedCopy(
                        plan,
                        new CopyStorage(place, CopySettings.DEFAULT, new LogSchemas(), DeadLetterOutbox.NOWHERE),
                        HostingSettings.DEFAULT,
                        workers,
                        logs.get(plan.shard().shard()),
                        serving::release));
        this.search = new NodeSearch(copies::find, leases, ANSWER_LIMIT);
        for (int shard = 0; shard < shards; shard++) {
            logs.add(new ListLog());
            append(shard, LogRecord.newBuilder().setMapping(MappingWire.write(this.mapping, settings)));
            copies.hold(new CopyPlan(shard(shard), new LogAddress("elpis.index.test", shard), 1));
            while (!copy(shard).isServing()) {
                if (!serving.tryAcquire(10, TimeUnit.SECONDS)) {
                    throw new AssertionError(
                            "copy does not serve: " + copy(shard).status());
                }
            }
        }
    }

    public NodeCopies copies() {
        return copies;
    }

    public HostedCopy copy(int shard) {
        return Objects.requireNonNull(copies.find(shard(shard)));
    }

    public ListLog log(int shard) {
        return logs.get(shard);
    }

    public ShardId shard(int shard) {
        return new ShardId(uuid, shard);
    }

    public TestIndex index(int shard, String id, String source) {
        return operation(
                shard,
                DocumentOperation.newBuilder()
                        .setId(id)
                        .setIndex(DocumentWire.write(
                                DocumentParser.parse(mapping, id, source.getBytes(StandardCharsets.UTF_8))
                                        .document())));
    }

    public TestIndex delete(int shard, String id) {
        return operation(shard, DocumentOperation.newBuilder().setId(id).setDelete(DeleteAction.getDefaultInstance()));
    }

    private TestIndex operation(int shard, DocumentOperation.Builder operation) {
        WriterOp op = WriterOp.newBuilder()
                .setWriterUuid(ByteString.copyFrom(new byte[16]))
                .setCounter(counter++)
                .build();
        append(
                shard,
                LogRecord.newBuilder()
                        .setOperation(operation
                                .setMappingVersion(1)
                                .setOpId(OpId.newBuilder().setWriter(op))));
        return this;
    }

    private void append(int shard, LogRecord.Builder record) {
        logs.get(shard)
                .append(record.setFormatVersion(1)
                        .setIndexUuid(ByteString.copyFrom(uuid.bytes()))
                        .build()
                        .toByteArray());
    }

    public TestIndex refresh() throws Exception {
        for (int shard = 0; shard < shards; shard++) {
            copy(shard).catchUp().visible(logs.get(shard).end(), PATIENCE).get(10, TimeUnit.SECONDS);
        }
        return this;
    }

    public List<String> ids(QueryNode query) throws IOException {
        return ids(search(io.elpis.model.search.SearchRequest.of(query)));
    }

    public static List<String> ids(SearchResponse response) {
        response.getShardsList().forEach(shard -> {
            if (shard.hasFailure()) {
                throw new AssertionError(shard.getFailure().toString());
            }
        });
        return response.getHitsList().stream().map(Hit::getId).toList();
    }

    public SearchResponse search(io.elpis.model.search.SearchRequest request) throws IOException {
        return search(request(request).build());
    }

    public SearchResponse search(SearchRequest request) throws IOException {
        return search(request, Map.of());
    }

    public SearchResponse search(SearchRequest request, Map<Integer, Readiness> readiness) {
        return search.search(request, readiness, Budget.unlimited()).build();
    }

    /** Content comes inline. */
    public SearchRequest.Builder request(io.elpis.model.search.SearchRequest request) {
        SearchRequest.Builder wire = SearchRequest.newBuilder()
                .setQuery(RequestWire.shardQuery(request, NOW))
                .setInlineFetch(RequestWire.fetchSpec(request, false));
        for (int shard = 0; shard < shards; shard++) {
            wire.addShards(ShardWire.write(shard(shard)));
        }
        return wire;
    }

    @Override
    public void close() {
        leases.close();
        copies.close();
        workers.close();
    }
}
