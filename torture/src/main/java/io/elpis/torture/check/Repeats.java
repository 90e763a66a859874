package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import java.util.List;

/**
 * Looks at writes that were sent again under their idempotency keys after they had been answered: a repeat is told the
 * first outcome, with its version and its sequence number. An answer that is no outcome says nothing.
 */
public final class Repeats {

    private Repeats() {}

    /** @param repeats calls of {@link Call.Repeat} alone */
    public static List<String> violations(List<Operation> repeats) {
        return repeats.stream()
                .filter(Operation::settled)
                .filter(operation -> !operation.reply().equals(told(operation.call())))
                .map(operation -> "a repeat was told another outcome: " + operation)
                .toList();
    }

    private static Object told(Call call) {
        if (call instanceof Call.Repeat repeat) {
            return repeat.told();
        }
        throw new IllegalArgumentException("not a repeat: " + call);
    }
}
