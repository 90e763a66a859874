package io.elpis.query.replica;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.schema.ShardId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Room for those who wait for one copy before they read it. Who finds none is refused at once. Thread-safe. */
final class ReaderRoom {
    private final ShardId shard;
    private final int most;
    private final Semaphore room;

    ReaderRoom(ShardId shard, int most) {
        this.shard = shard;
        this.most = most;
        this.room = new Semaphore(most);
    }

    /** @return the wait that begins, or one that has failed with TOO_MANY_REQUESTS */
    <T> CompletableFuture<T> admit(Supplier<CompletableFuture<T>> wait) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "rejected execution of a read: " + most + " wait for shard [" + shard + "] here"));
        }
        CompletableFuture<T> begun;
        try {
            begun = wait.get();
        } catch (RuntimeException | Error failure) {
            room.release();
            throw failure;
        }
        return begun.whenComplete((_, _) -> room.release());
    }
}
