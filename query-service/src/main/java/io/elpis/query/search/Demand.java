package io.elpis.query.search;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import io.elpis.query.replica.CopyView;
import io.elpis.query.replica.ShardCopy;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How far the copy has to be that a reader reads. Looked at once more when it is read: by then it may be another than the
 * one that was waited for.
 *
 * @param generation of the log whose offsets count
 * @param offset everything before it has to be there
 * @param why the reader wants that, for a message
 */
public record Demand(ShardId shard, long generation, long offset, String why) {

    /** Of a reader who is content with whatever a serving copy holds. */
    public static Demand none(ShardId shard, long generation) {
        return new Demand(shard, generation, 0, "a read asks for");
    }

    /**
     * What searches of the copy see now. The caller releases it.
     *
     * @throws ElpisException COPY_BEHIND when that is not enough
     */
    public CopyView acquire(ShardCopy copy) throws IOException {
        CopyView view = copy.acquire();
        if (isMet(copy, view.nextOffset())) {
            return view;
        }
        view.release();
        throw behind("shows", view.nextOffset());
    }

    /** @throws ElpisException COPY_BEHIND when the copy has not applied enough */
    public void checkApplied(ShardCopy copy) {
        if (!isMet(copy, copy.nextOffset())) {
            throw unmet(copy);
        }
    }

    private boolean isMet(ShardCopy copy, long reached) {
        return copy.log().generation() == generation && reached >= offset;
    }

    /** @param copy which did not get there in time; null when it is not open */
    public ElpisException unmet(@Nullable ShardCopy copy) {
        return copy == null ? behind("this copy is not open now") : behind("has applied", copy.nextOffset());
    }

    private ElpisException behind(String does, long reached) {
        return behind(
                "this copy " + does + " up to " + reached + ", " + Math.max(0, offset - reached) + " records less");
    }

    private ElpisException behind(String what) {
        return new ElpisException(
                ErrorCode.COPY_BEHIND,
                "shard [" + shard + "] is behind here: " + why + " everything before offset " + offset + ", " + what);
    }
}
