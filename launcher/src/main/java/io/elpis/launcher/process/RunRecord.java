package io.elpis.launcher.process;

import java.util.Optional;

/** That an instance was started, and as which process. */
public record RunRecord(String instance, ProcessMark mark) {

    public Optional<ProcessHandle> process() {
        return mark.process();
    }
}
