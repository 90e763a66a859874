package io.elpis.index.ingest;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.RecordLog;
import io.elpis.index.outcome.OutcomeTracker;
import io.elpis.model.document.Routing;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.OpId;
import io.elpis.protocol.record.Outcome;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way: asked for → targeted (it has an index, an id, a shard) → handed over → stored at an offset →
 * applied. Refusal ends it at any point before it is handed over. The request's thread drives it until it is handed
 * over, the log's and the transport's threads from then on.
 */
final class Write implements RecordLog.Confirmation, OutcomeTracker.Waiter {
    private final WriteRequest request;
    private @Nullable OpId opId;
    private @Nullable String id;
    private @Nullable CatalogIndex index;
    private int shard;
    private long notBefore;
    private @Nullable OutcomeTracker outcomes;
    private @Nullable CountDownLatch open;

    private volatile long offset = -1;
    private volatile @Nullable WriteResult result;

    Write(WriteRequest request) {
        this.request = request;
    }

    WriteRequest request() {
        return request;
    }

    OpId opId() {
        return Objects.requireNonNull(opId);
    }

    /** The document's; of a write without an index only what the caller said. */
    String id() {
        return Objects.requireNonNull(knownId());
    }

    @Nullable
    String knownId() {
        return id == null ? request.id() : id;
    }

    void target(CatalogIndex there, OpId operation, String documentId) {
        index = there;
        opId = operation;
        id = documentId;
        String routing = request.routing();
        shard = Routing.shard(
                routing == null ? documentId : routing, there.settings().numberOfShards());
    }

    CatalogIndex index() {
        return Objects.requireNonNull(index);
    }

    ShardId shard() {
        return index().metadata().shard(shard);
    }

    LogPartition partition() {
        return index().logs().get(shard);
    }

    boolean isOpen() {
        return result == null;
    }

    void refuse(ElpisException reason) {
        result = new WriteResult.Refused(reason);
    }

    /**
     * From here on the log may call back.
     *
     * @param floor an offset that the log is known to have reached: the record cannot be before it
     */
    void handOver(OutcomeTracker tracker, CountDownLatch latch, long floor) {
        notBefore = floor;
        outcomes = tracker;
        open = latch;
    }

    @Override
    public void stored(long at) {
        offset = at;
        if (isOpen()) {
            Objects.requireNonNull(outcomes).await(shard(), partition().generation(), at, this);
            withdrawIfGivenUp();
        }
    }

    /** By whoever comes last: who gives up may not know the offset yet, who knows it may still be about to wait. */
    private void withdrawIfGivenUp() {
        if (result instanceof WriteResult.Undecided) {
            Objects.requireNonNull(outcomes).giveUp(shard(), partition().generation(), offset);
        }
    }

    @Override
    public void refused(ElpisException reason) {
        end(new WriteResult.Refused(reason));
    }

    @Override
    public void undecided(Exception reason) {
        end(new WriteResult.Undecided(-1));
    }

    @Override
    public void outcome(Outcome outcome) {
        end(new WriteResult.Applied(outcome, offset));
    }

    @Override
    public void lost() {
        end(new WriteResult.Undecided(offset));
    }

    private void end(WriteResult how) {
        if (settle(how)) {
            Objects.requireNonNull(open).countDown();
        }
    }

    /** Time is up: what is not known by now is undecided, whatever comes while the answer is made. */
    void giveUp() {
        if (settle(new WriteResult.Undecided(offset)) && offset >= 0) {
            withdrawIfGivenUp();
        }
    }

    private synchronized boolean settle(WriteResult how) {
        boolean first = result == null;
        if (first) {
            result = how;
        }
        return first;
    }

    WriteResult result() {
        WriteResult known = result;
        return known != null ? known : new WriteResult.Undecided(offset);
    }

    /** Once it has an index. */
    ToldWrite told() {
        return new ToldWrite(request.index(), index(), shard, id(), opId(), notBefore, result());
    }
}
