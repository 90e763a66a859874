package io.elpis.e2e.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./elpis torture}, which starts and ends a platform of its own. */
public final class TortureTool {

    private TortureTool() {}

    /**
     * @param sound by the exit code
     * @param report all that it wrote
     */
    public record Outcome(boolean sound, String report) {}

    /** @param limit for all of it, the platform's start and end included */
    public static Outcome run(Path data, Duration limit, String... arguments) {
        List<String> line = new ArrayList<>(List.of("torture", "--data", data.toString()));
        line.addAll(List.of(arguments));
        ElpisCommand.Result result = ElpisCommand.run(limit, Map.of(), line);
        return new Outcome(result.exitCode() == 0, result.output() + result.errors());
    }
}
