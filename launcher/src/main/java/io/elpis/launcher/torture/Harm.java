package io.elpis.launcher.torture;

import io.elpis.torture.link.Quality;
import java.time.Duration;

/** What is done to an instance. */
sealed interface Harm {

    /** SIGKILL; healed by a start. */
    record Kill() implements Harm {}

    /** SIGSTOP; healed by SIGCONT. */
    record Stop() implements Harm {}

    /** The way of all others to it becomes bad. */
    record Disturb(Quality quality) implements Harm {}

    /** No byte is left on its disk. */
    record Fill() implements Harm {}

    /** Its wall clock jumps, and jumps back. */
    record Skew(Duration off) implements Harm {}
}
