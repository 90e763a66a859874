package io.elpis.index.byquery;

import com.google.protobuf.ByteString;
import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.IndexExpressions;
import io.elpis.index.http.Parameters;
import io.elpis.index.ingest.NamedWrites;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.indices.ShardLimit;
import io.elpis.model.query.QueryNode;
import io.elpis.model.search.SearchParameters;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.search.QueryWire;
import io.elpis.protocol.search.RequestWire;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import io.elpis.protocol.task.Destination;
import io.elpis.protocol.task.SourceShard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes tasks of requests, with OpenSearch's checks. */
final class ByQueryRequests {
    /** Points in time that one task may hold. */
    private static final int MOST_SHARDS = 200;

    private static final int BATCH = 1_000;
    private static final int LARGEST_BATCH = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Catalog catalog;
    private final boolean autoCreate;
    private final InstantSource clock;

    /** @param autoCreate a reindex creates its destination */
    ByQueryRequests(Catalog catalog, boolean autoCreate, InstantSource clock) {
        this.catalog = catalog;
        this.autoCreate = autoCreate;
        this.clock = clock;
    }

    ByQueryRequest byQuery(Kind kind, String indices, Parameters parameters, byte[] body) {
        ByQueryBody said = ByQueryBody.parse(kind, body);
        ByQueryBody.Change change = said.change();
        QueryNode query = query(parameters, said.query());
        if (query == null && kind == Kind.DELETE) {
            throw ReindexBody.invalid(List.of("query is missing"));
        }
        ByQueryRequest.Builder request = ByQueryRequest.newBuilder()
                .setKind(kind)
                .setQuery(QueryWire.write(query == null ? new QueryNode.MatchAll(1f) : query))
                .setSource(RequestWire.write(
                        kind == Kind.DELETE || change != null ? SourceFilter.NONE : SourceFilter.ALL));
        ShardLimit limit = ShardLimit.of(parameters.list("routing"), parameters.text("preference"));
        for (CatalogIndex index : sources(indices, parameters)) {
            addShards(request, index, limit);
            if (change != null) {
                NamedWrites.checkFits(index, change.doc().toByteArray());
            }
        }
        if (change != null) {
            request.setKind(Kind.MERGE).setDoc(change.doc()).setDetectNoop(change.detectNoop());
        }
        common(request, parameters, said.maxDocs(), said.conflicts(), parameters.whole("scroll_size"));
        return request.build();
    }

    private static @Nullable QueryNode query(Parameters parameters, @Nullable QueryNode body) {
        Map<String, String> given = new HashMap<>();
        for (String name : List.of("q", "df", "default_operator")) {
            if (parameters.text(name) instanceof String text) {
                given.put(name, text);
            }
        }
        QueryNode query = SearchParameters.query(given);
        return query == null ? body : query;
    }

    ByQueryRequest reindex(Parameters parameters, byte[] body) {
        ReindexBody said = ReindexBody.parse(body);
        List<CatalogIndex> sources = sources(String.join(",", said.sources), parameters);
        for (CatalogIndex source : sources) {
            if (source.name().value().equals(said.destination)) {
                throw ReindexBody.invalid(
                        List.of("reindex cannot write into an index its reading from [" + said.destination + "]"));
            }
        }
        ByQueryRequest.Builder request = ByQueryRequest.newBuilder()
                .setKind(Kind.REINDEX)
                .setQuery(QueryWire.write(said.query))
                .setSource(RequestWire.write(said.filter));
        sources.forEach(index -> addShards(request, index, ShardLimit.NONE));
        common(
                request,
                parameters,
                said.maxDocs,
                said.conflicts,
                said.batchSize == null ? parameters.whole("scroll_size") : Long.valueOf(said.batchSize));
        CatalogIndex to = autoCreate ? catalog.getOrCreate(said.destination) : catalog.get(said.destination);
        return request.setDestination(Destination.newBuilder()
                        .setIndex(to.name().value())
                        .setIndexUuid(ByteString.copyFrom(to.uuid().bytes()))
                        .setCreate(said.create)
                        .setVersionType(said.versionType))
                .build();
    }

    private List<CatalogIndex> sources(String indices, Parameters parameters) {
        return IndexExpressions.resolve(catalog, indices, parameters.indices());
    }

    private static void addShards(ByQueryRequest.Builder request, CatalogIndex index, ShardLimit limit) {
        for (int shard : limit.within(index.settings().numberOfShards())) {
            request.addShards(SourceShard.newBuilder()
                    .setIndex(index.name().value())
                    .setIndexUuid(ByteString.copyFrom(index.uuid().bytes()))
                    .setShard(shard));
        }
        if (request.getShardsCount() > MOST_SHARDS) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "the request reads more shards than the limit of [" + MOST_SHARDS + "]; send it index by index");
        }
    }

    private void common(
            ByQueryRequest.Builder request,
            Parameters parameters,
            @Nullable Long maxDocs,
            @Nullable String conflicts,
            @Nullable Long batchSize) {
        request.setNowMillis(clock.millis())
                .setProceed(proceed(conflicts == null ? parameters.text("conflicts") : conflicts))
                .setRefresh(parameters.flag("refresh", false))
                .setTimeoutMillis(
                        Math.max(1, parameters.patience("timeout", TIMEOUT).toMillis()))
                .setBatchSize(batchSize(batchSize));
        Long most = maxDocs == null ? parameters.whole("max_docs") : maxDocs;
        if (most != null && most != -1) {
            if (most <= 0) {
                throw ReindexBody.invalid(
                        List.of("maxDocs should be greater than 0 if the request is limited to some number of documents"
                                + " or -1 if it isn't but it was [" + most + "]"));
            }
            request.setMaxDocs(most);
        }
    }

    private static int batchSize(@Nullable Long size) {
        if (size == null) {
            return BATCH;
        }
        if (size < 1 || size > LARGEST_BATCH) {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT,
                    "Batch size must be between [1] and [" + LARGEST_BATCH + "] but was [" + size + "]");
        }
        return size.intValue();
    }

    private static boolean proceed(@Nullable String conflicts) {
        return switch (conflicts) {
            case null -> false;
            case "abort" -> false;
            case "proceed" -> true;
            default ->
                throw new ElpisException(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "conflicts may only be \"proceed\" or \"abort\" but was [" + conflicts + "]");
        };
    }
}
