package io.elpis.launcher.command;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command with all its subcommands. */
@Command(
        name = "elpis",
        description = "Runs Elpis, a distributed full-text search platform, on this machine.",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 (status) nothing runs."},
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            StartCommand.class,
            StopCommand.class,
            KillCommand.class,
            TokenCommand.class,
            LoadCommand.class,
            SearchCommand.class,
            BenchCommand.class,
            DemoCommand.class,
            TortureCommand.class,
            TrainCommand.class
        })
public final class ElpisCommand implements Runnable {

    @Spec
    CommandSpec spec;

    /** Every subcommand understands {@code --help}. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new ElpisCommand());
        addHelp(commandLine);
        commandLine.setExecutionExceptionHandler(ElpisCommand::explain);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private static void addHelp(CommandLine commandLine) {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true);
        commandLine.getCommandSpec().versionProvider(new BuildVersion());
        commandLine.getSubcommands().values().forEach(ElpisCommand::addHelp);
    }

    private static int explain(Exception failure, CommandLine commandLine, ParseResult result) throws Exception {
        PrintWriter err = commandLine.getErr();
        if (System.getenv("ELPIS_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        switch (failure) {
            case CommandFailure known -> {
                err.println("elpis: " + known.getMessage());
                return known.exitCode();
            }
            case IOException known -> {
                err.println("elpis: " + known.getMessage());
                return ExitCode.FAILED;
            }
            case UncheckedIOException known -> {
                err.println("elpis: " + Objects.requireNonNull(known.getCause()).getMessage());
                return ExitCode.FAILED;
            }
            default -> throw failure;
        }
    }
}
