package io.elpis.query.replica;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to hear when a copy has got on. A listener's mistake is not the copy's. Thread-safe. */
final class AppliedListeners {
    private static final Logger LOG = LoggerFactory.getLogger(AppliedListeners.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @return ends the calls */
    Runnable add(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                listeners.remove(listener);
                LOG.atError().setCause(e).log("listener fails, it is told no more");
            }
        }
    }
}
