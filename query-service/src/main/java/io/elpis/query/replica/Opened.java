package io.elpis.query.replica;

import java.util.concurrent.Executor;

/** What one opening of a copy consists of; the next has its own. */
final class Opened {
    final ShardCopy copy;
    final Feed feed;
    final JoinedRefresh refresh;

    /** Offset to be caught up with; -1 while it is not known. */
    volatile long target = -1;

    /** @param upkeep refreshes the copy when readers ask for it */
    Opened(ShardCopy copy, Feed feed, Caretaker caretaker, Executor upkeep) {
        this.copy = copy;
        this.feed = feed;
        this.refresh = new JoinedRefresh(upkeep, () -> {
            caretaker.refresh(this);
            return copy.visibleOffset();
        });
    }

    boolean hasReachedTarget() {
        return target >= 0 && copy.nextOffset() >= target;
    }

    Upkeep.Progress progress() {
        return new Upkeep.Progress(
                copy.nextOffset(), copy.visibleOffset(), copy.committedOffset(), copy.bytesSinceCommit());
    }
}
