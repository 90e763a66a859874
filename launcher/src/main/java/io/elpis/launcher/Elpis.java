package io.elpis.launcher;

import io.elpis.launcher.command.ElpisCommand;

/** The program behind the {@code ./elpis} script. */
public final class Elpis {

    private Elpis() {}

    public static void main(String[] arguments) {
        System.exit(ElpisCommand.commandLine().execute(arguments));
    }
}
