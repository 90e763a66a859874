package io.elpis.launcher.command;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.supervision.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says which platform is meant. */
final class PlatformOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The platform's directory. Default: .elpis in the checkout.")
    @Nullable
    Path data;

    PlatformHome home() {
        return new PlatformHome(
                data != null ? data : Installation.current().root().resolve(".elpis"));
    }

    Platform platform() throws IOException {
        return Platform.existing(home());
    }

    /** The platform as its administrator sees it. */
    GatewayClient gateway() throws IOException {
        return administrator(platform());
    }

    static GatewayClient administrator(Platform platform) {
        return gateway(platform, "admin", platform.secrets().adminPassword());
    }

    static GatewayClient gateway(Platform platform, String user, String password) {
        String look = Advice.line(platform.home().directory(), "status");
        return new GatewayClient(URI.create(platform.url()), user, password, look);
    }

    /** Words for a failure of an HTTP request whose answer nobody handles. */
    static CommandFailure refused(GatewayClient.Answer answer) {
        String reason = answer.json().path("error").path("reason").asString("");
        return new CommandFailure(
                "the platform answered " + answer.status() + ": " + (reason.isEmpty() ? answer.text() : reason));
    }
}
