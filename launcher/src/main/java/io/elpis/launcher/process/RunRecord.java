package io.elpis.launcher.process;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That an instance was started, and as which process.
 *
 * @param keeper the command that started it: where that still runs, the instance ends with it
 */
public record RunRecord(
        String instance, ProcessMark mark, @Nullable ProcessMark keeper) {

    public Optional<ProcessHandle> process() {
        return mark.process();
    }

    public boolean keptBy(ProcessMark command) {
        return command.equals(keeper);
    }

    /** The command that the instance ends with, as long as both live. */
    public Optional<ProcessMark> livingKeeper() {
        return Optional.ofNullable(keeper)
                .filter(mark -> mark.process().isPresent())
                .filter(mark -> process().isPresent());
    }
}
