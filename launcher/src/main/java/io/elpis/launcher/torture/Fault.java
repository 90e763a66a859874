package io.elpis.launcher.torture;

import io.elpis.launcher.service.Instance;
import java.time.Duration;

/**
 * One thing that goes wrong.
 *
 * @param length from the fault to its healing
 * @param gap from the fault to the next one
 */
record Fault(FaultKind kind, Instance victim, Harm harm, Duration length, Duration gap) {

    /** Whether nobody can count on the victim meanwhile. */
    boolean takesAway() {
        return switch (harm) {
            case Harm.Kill kill -> true;
            case Harm.Stop stop -> true;
            case Harm.Disturb disturb ->
                !disturb.quality().there() || !disturb.quality().back();
            case Harm.Fill fill -> true;
            case Harm.Skew skew -> false;
        };
    }

    @Override
    public String toString() {
        String what = switch (harm) {
            case Harm.Kill kill -> "SIGKILL";
            case Harm.Stop stop -> "SIGSTOP";
            case Harm.Disturb disturb -> disturb.quality().toString();
            case Harm.Fill fill -> "no space left";
            case Harm.Skew skew -> "%+d s".formatted(skew.off().toSeconds());
        };
        return "%-8s %s: %s for %d ms".formatted(kind, victim, what, length.toMillis());
    }
}
