package io.elpis.launcher.command;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.supervision.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a user is told once a platform runs. */
final class Words {

    private Words() {}

    static List<String> afterUp(Platform platform) {
        Path directory = platform.home().directory();
        String token = Advice.line(directory, "token");
        return List.of(
                "",
                "Elpis is ready at " + platform.url(),
                "Password of the user admin: " + platform.secrets().adminPasswordFile(),
                "A token:     " + token,
                "A request:   curl -s -H \"Authorization: Bearer $(" + token + ")\" '" + platform.url()
                        + "/_cluster/health?pretty'",
                "How it is:   " + Advice.line(directory, "status") + "     its end: " + Advice.line(directory, "down"));
    }

    static String afterSlowStart(Platform platform) {
        Path directory = platform.home().directory();
        return "elpis: what was started runs on: " + Advice.line(directory, "up", "-d") + " goes on waiting for it, "
                + Advice.line(directory, "down") + " stops it.";
    }

    static String afterDeath(PlatformHome home, List<String> dead) {
        return "nothing runs any more of what was started here: " + String.join(", ", dead)
                + " died; their logs are in " + home.logsDirectory() + "; "
                + Advice.line(
                        home.directory(),
                        Stream.concat(Stream.of("start"), dead.stream()).toArray(String[]::new))
                + " starts them again";
    }
}
