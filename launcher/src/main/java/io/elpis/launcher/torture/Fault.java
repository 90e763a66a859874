package io.elpis.launcher.torture;

import io.elpis.launcher.service.Instance;
import java.time.Duration;
import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param length from the fault to its healing
 * @param gap from the healing to the next fault
 */
record Fault(FaultKind kind, Instance victim, Signal signal, Duration length, Duration gap) {

    enum Signal {
        KILL,
        STOP
    }

    @Override
    public String toString() {
        return "%s: SIG%s of %s for %d ms"
                .formatted(kind, signal.name().toUpperCase(Locale.ROOT), victim, length.toMillis());
    }
}
