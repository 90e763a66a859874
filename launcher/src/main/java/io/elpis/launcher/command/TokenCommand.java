package io.elpis.launcher.command;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.exit.ExitCode;
import io.elpis.launcher.supervision.Platform;
import java.io.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        description = {
            "Prints a bearer token and nothing else.",
            "The password of a user other than admin is taken from ELPIS_PASSWORD, or asked for."
        })
final class TokenCommand implements Callable<Integer> {

    private static final String ADMIN = "admin";

    @Spec
    CommandSpec spec;

    @Mixin
    PlatformOption option;

    @Option(names = "--user", paramLabel = "U", defaultValue = ADMIN, description = "Default: ${DEFAULT-VALUE}.")
    String user;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Platform platform = option.platform();
        spec.commandLine()
                .getOut()
                .println(PlatformOption.gateway(platform, user, password(platform))
                        .fetchToken());
        return ExitCode.DONE;
    }

    private String password(Platform platform) {
        if (user.equals(ADMIN)) {
            return platform.secrets().adminPassword();
        }
        @Nullable String given = System.getenv("ELPIS_PASSWORD");
        if (given != null) {
            return given;
        }
        @Nullable Console console = System.console();
        char[] typed = console == null || !console.isTerminal() ? null : console.readPassword("Password of %s: ", user);
        if (typed == null) {
            throw new CommandFailure("no password for " + user + ": set ELPIS_PASSWORD", ExitCode.USAGE);
        }
        return new String(typed);
    }
}
