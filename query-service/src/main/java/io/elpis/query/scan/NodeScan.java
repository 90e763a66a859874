package io.elpis.query.scan;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.model.search.FilteredSource;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.ShardRef;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.protocol.scan.PointInTime;
import io.elpis.protocol.scan.ScanCursor;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import io.elpis.protocol.scan.ScannedDocument;
import io.elpis.protocol.search.QueryWire;
import io.elpis.protocol.search.RequestWire;
import io.elpis.query.lucene.QueryTranslator;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.CopyView;
import io.elpis.query.replica.DocumentReader;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.replica.StoredDocument;
import io.elpis.query.search.Budget;
import io.elpis.query.search.Demand;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** Answers scans: opens points in time, and reads those that are open. What a request means says {@code scan.proto}. */
public final class NodeScan {
    private final Scans scans;
    private final int windowSize;
    private final long answerBytes;

    /**
     * @param windowSize documents of an open scan whose places are remembered
     * @param answerBytes of sources in one answer, which one document alone may go beyond
     */
    public NodeScan(Scans scans, int windowSize, long answerBytes) {
        this.scans = scans;
        this.windowSize = windowSize;
        this.answerBytes = answerBytes;
    }

    public static ShardId shard(ScanRequest request) {
        return ShardWire.read(ShardRef.newBuilder()
                .setIndexUuid(request.getIndexUuid())
                .setShard(request.getShard())
                .build());
    }

    /**
     * Opens a point in time at a copy that is fresh enough, and reads its first documents.
     *
     * @throws ElpisException when the query does not fit the schema; COPY_BEHIND when the copy is not that fresh
     * @throws CancellationException when nobody waits for the answer any more
     */
    public ScanResponse open(ShardCopy copy, Demand demand, ScanRequest request, Budget budget) throws IOException {
        CopyView view = demand.acquire(copy);
        boolean kept = false;
        try {
            PointInTime point = request.hasResume()
                    ? request.getResume()
                    : PointInTime.newBuilder()
                            .setPosition(Position.newBuilder()
                                    .setGeneration(copy.log().generation())
                                    .setOffset(view.seenOffset()))
                            .setSeqNo(highestSeqNo(view.reader()))
                            .build();
            Query query = query(view, request, point);
            IndexSearcher searcher = new IndexSearcher(view.reader());
            searcher.setTimeout(budget);
            long total = searcher.count(query);
            Scan scan = new Scan(view, point, total, query, windowSize);
            ScanResponse.Builder response = read(scan, request, budget);
            long lease = scans.add(scan);
            kept = true;
            return response.setLease(lease).build();
        } catch (IndexSearcher.TooManyClauses e) {
            throw new ElpisException(
                    ErrorCode.QUERY_SHARD,
                    "failed to create query: maxClauseCount is set to " + IndexSearcher.getMaxClauseCount());
        } finally {
            if (!kept) {
                view.release();
            }
        }
    }

    /** @throws ElpisException RESOURCE_NOT_FOUND when the point in time is not open here, or no longer */
    public ScanResponse next(ScanRequest request, Budget budget) throws IOException {
        Scan scan = scans.borrow(request.getLease());
        if (scan == null) {
            throw new ElpisException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "No search context found for id [" + Long.toUnsignedString(request.getLease()) + "]");
        }
        try {
            return read(scan, request, budget).setLease(request.getLease()).build();
        } finally {
            scan.view.release();
        }
    }

    private static Query query(CopyView view, ScanRequest request, PointInTime point) {
        Query wanted = new QueryTranslator(view.schema(), request.getNowMillis(), view.hasTombstones())
                .translate(QueryWire.read(request.getQuery()));
        return request.hasResume()
                ? new BooleanQuery.Builder()
                        .add(wanted, Occur.FILTER)
                        .add(
                                NumericDocValuesField.newSlowRangeQuery(SystemField.SEQ_NO, 0, point.getSeqNo()),
                                Occur.FILTER)
                        .build()
                : wanted;
    }

    /** Records are applied in order, so a reader that has this one has all before it. */
    private static long highestSeqNo(DirectoryReader reader) throws IOException {
        long highest = -1;
        for (LeafReaderContext leaf : reader.leaves()) {
            NumericDocValues seqNos = leaf.reader().getNumericDocValues(SystemField.SEQ_NO);
            while (seqNos != null && seqNos.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
                highest = Math.max(highest, seqNos.longValue());
            }
        }
        return highest;
    }

    private ScanResponse.Builder read(Scan scan, ScanRequest request, Budget budget) throws IOException {
        ScanResponse.Builder response =
                ScanResponse.newBuilder().setPoint(scan.point).setTotal(scan.total);
        if (request.getLimit() == 0) {
            return response;
        }
        Scan.Part part = scan.after(request.hasAfter() ? request.getAfter() : null, request.getLimit(), budget);
        SourceFilter filter = RequestWire.read(request.getSource());
        StoredFields stored = scan.view.reader().storedFields();
        long bytes = 0;
        for (FieldDoc each : part.documents()) {
            if (budget.shouldExit()) {
                throw new CancellationException("nobody waits for the answer");
            }
            ScannedDocument document = document(scan.view, stored, each, filter);
            bytes += document.getSerializedSize();
            if (bytes > answerBytes && response.getDocumentsCount() > 0) {
                return response;
            }
            response.addDocuments(document);
        }
        return response.setLast(part.last());
    }

    private static ScannedDocument document(CopyView view, StoredFields stored, FieldDoc found, SourceFilter filter)
            throws IOException {
        List<LeafReaderContext> leaves = view.reader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found.doc, leaves));
        StoredDocument document = DocumentReader.verified(stored, found.doc, leaf.reader(), found.doc - leaf.docBase);
        return ScannedDocument.newBuilder()
                .setAt(ScanCursor.newBuilder()
                        .setTie(SystemField.tie(Scan.tieOf(found)))
                        .setId(Scan.idOf(found).utf8ToString()))
                .setRouting(document.routing())
                .setSource(source(document, filter))
                .setSeqNo(document.seqNo())
                .setPrimaryTerm(document.primaryTerm())
                .setVersion(document.version())
                .build();
    }

    private static ByteString source(StoredDocument document, SourceFilter filter) {
        BytesRef source = document.source();
        if (source == null || !filter.enabled()) {
            return ByteString.EMPTY;
        }
        return filter.isWhole()
                ? UnsafeByteOperations.unsafeWrap(source.bytes, source.offset, source.length)
                : UnsafeByteOperations.unsafeWrap(
                        FilteredSource.of(filter, source.bytes, source.offset, source.length));
    }
}
