package io.elpis.index.deadletter;

import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.DeadLetterId;
import java.util.Set;
import java.util.function.Predicate;

/** The topic of dead letters. Thread-safe. */
public interface Letters {
    /**
     * What the topic holds now of these letters.
     *
     * @throws ElpisException LOG_UNAVAILABLE, TOO_MANY_REQUESTS
     */
    LetterView read(Predicate<DeadLetterId> wanted);

    /** Takes the letter out for good. @throws ElpisException LOG_UNAVAILABLE */
    void acknowledge(DeadLetterId letter, String subject);

    /** Takes out all that is known of indices that are gone. @throws ElpisException LOG_UNAVAILABLE */
    void forget(Set<IndexUuid> gone);
}
