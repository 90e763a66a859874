package io.elpis.query.replica;

import io.elpis.protocol.letter.DeadLetter;
import java.util.concurrent.CompletableFuture;

/** Where word goes of records that cannot be applied. Thread-safe. */
@FunctionalInterface
public interface DeadLetterOutbox {
    /** For copies of which nobody is to hear. */
    DeadLetterOutbox NOWHERE = _ -> CompletableFuture.allOf();

    /**
     * Returns at once.
     *
     * @return done once the letter is kept for good; fails when that is not known
     */
    CompletableFuture<Void> send(DeadLetter letter);
}
