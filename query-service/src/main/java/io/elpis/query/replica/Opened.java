package io.elpis.query.replica;

/** What one opening of a copy consists of; the next has its own. */
final class Opened {
    final ShardCopy copy;
    final Feed feed;

    /** Offset to be caught up with; -1 while it is not known. */
    volatile long target = -1;

    Opened(ShardCopy copy, Feed feed) {
        this.copy = copy;
        this.feed = feed;
    }

    boolean hasReachedTarget() {
        return target >= 0 && copy.nextOffset() >= target;
    }

    Upkeep.Progress progress() {
        return new Upkeep.Progress(
                copy.nextOffset(), copy.visibleOffset(), copy.committedOffset(), copy.bytesSinceCommit());
    }
}
