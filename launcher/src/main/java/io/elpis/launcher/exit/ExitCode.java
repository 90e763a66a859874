package io.elpis.launcher.exit;

/** The exit codes of every subcommand. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** Told by {@code status} alone: nothing of the platform runs. */
    public static final int NOT_RUNNING = 3;

    private ExitCode() {}
}
