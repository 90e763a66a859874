package io.elpis.query.node;

import io.elpis.query.replica.HostedCopy;
import io.elpis.query.replica.ShardCopy;
import io.elpis.query.search.ShardTrouble;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.AlreadyClosedException;

/** Reads a copy that serves at that very moment, whatever was open when its reader began to wait. */
final class ServingCopy {
    private ServingCopy() {}

    interface Read<T> {
        T from(ShardCopy copy) throws IOException;
    }

    /** @throws io.elpis.model.error.ElpisException SHARD_NOT_AVAILABLE when none serves */
    static ShardCopy of(HostedCopy hosted) {
        ShardCopy copy = hosted.serving();
        if (copy == null) {
            throw ShardTrouble.notHere(hosted.plan().shard());
        }
        return copy;
    }

    /**
     * A copy that turns out to be damaged is built again, if its log answers.
     *
     * @throws io.elpis.model.error.ElpisException SHARD_NOT_AVAILABLE when none serves, or no longer
     */
    static <T> T read(HostedCopy hosted, Read<T> read) throws IOException {
        ShardCopy copy = of(hosted);
        try {
            return read.from(copy);
        } catch (AlreadyClosedException ended) {
            throw ShardTrouble.notHere(hosted.plan().shard());
        } catch (CorruptIndexException damaged) {
            var unused = hosted.discard(copy, "damaged: " + damaged);
            throw ShardTrouble.notHere(hosted.plan().shard());
        }
    }
}
