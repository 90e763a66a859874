package io.elpis.index.deadletter;

import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest letters of the topic, made of its records in their order. Bounded: of more letters than it may hold the
 * oldest are only counted, and of very many acknowledgements the oldest are forgotten. For one thread.
 */
final class LetterView {
    private final int most;
    private final Predicate<DeadLetterId> wanted;
    private final Map<DeadLetterId, DeadLetter> letters = new LinkedHashMap<>();
    private final Set<DeadLetterId> acknowledged = new LinkedHashSet<>();
    private boolean more;

    /** @param wanted letters of interest */
    LetterView(int most, Predicate<DeadLetterId> wanted) {
        this.most = most;
        this.wanted = wanted;
    }

    /** @param value null: the record takes its key out of the topic */
    void apply(String key, @Nullable DeadLetterRecord value) {
        DeadLetterId id = DeadLetterId.ofKey(key);
        if (!wanted.test(id)) {
            return;
        }
        if (DeadLetterId.isAcknowledgement(key)) {
            acknowledge(id, value != null);
        } else if (value == null) {
            letters.remove(id);
        } else if (!acknowledged.contains(id)) {
            add(id, value.getLetter());
        }
    }

    private void add(DeadLetterId id, DeadLetter letter) {
        letters.putIfAbsent(id, letter);
        if (letters.size() > most) {
            letters.remove(letters.keySet().iterator().next());
            more = true;
        }
    }

    private void acknowledge(DeadLetterId id, boolean stands) {
        if (!stands) {
            acknowledged.remove(id);
            return;
        }
        letters.remove(id);
        acknowledged.add(id);
        if (acknowledged.size() > 10L * most) {
            acknowledged.remove(acknowledged.iterator().next());
        }
    }

    /** Newest first. */
    List<DeadLetter> letters() {
        return new ArrayList<>(letters.values()).reversed();
    }

    /** Whether there are older letters than those held. */
    boolean hasMore() {
        return more;
    }
}
