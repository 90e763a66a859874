package io.elpis.launcher.command;

import io.elpis.launcher.supervision.Platform;
import java.util.List;

/** What a user is told once a platform runs. */
final class Words {

    private Words() {}

    static List<String> afterUp(Platform platform) {
        String data = dataOption(platform);
        return List.of(
                "",
                "Elpis is ready at " + platform.url(),
                "Password of the user admin: " + platform.secrets().adminPasswordFile(),
                "A token:     ./elpis token" + data,
                "A request:   curl -s -H \"Authorization: Bearer $(./elpis token" + data + ")\" '" + platform.url()
                        + "/_cluster/health?pretty'",
                "How it is:   ./elpis status" + data + "     its end: ./elpis down" + data);
    }

    static String afterSlowStart(Platform platform) {
        String data = dataOption(platform);
        return "elpis: what was started runs on: ./elpis up -d" + data + " goes on waiting for it, ./elpis down" + data
                + " stops it.";
    }

    /** So that a shell takes it as one word. */
    static String quoted(String word) {
        return word.matches("[\\w./+:@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What to add to a command so that it means this platform; nothing for the default one. */
    static String dataOption(Platform platform) {
        boolean usual = platform.installation()
                .root()
                .resolve(".elpis")
                .equals(platform.home().directory());
        return usual ? "" : " --data " + quoted(platform.home().directory().toString());
    }
}
