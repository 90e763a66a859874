package io.elpis.index.byquery;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.scan.ScanRequest;
import io.elpis.protocol.scan.ScanResponse;
import java.util.List;

/** The way to the copies of shards. */
interface ScanCalls {
    /**
     * The nodes with a copy that serves, the best first.
     *
     * @throws ElpisException INDEX_NOT_FOUND when there is no such shard any more
     */
    List<String> nodes(ShardId shard);

    /** @throws ElpisException as the node answers, or SERVICE_UNAVAILABLE, SHARD_NOT_AVAILABLE, TIMED_OUT */
    ScanResponse scan(String node, ScanRequest request) throws InterruptedException;
}
