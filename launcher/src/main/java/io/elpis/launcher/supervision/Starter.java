package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PrivateFiles;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.process.Spawner;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.InstanceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an instance's settings and starts its process. */
final class Starter {

    private final Platform platform;
    private final Programs programs;
    private final InstanceSettings settings;
    private final RunRecords records;

    Starter(Platform platform, Programs programs) {
        PlatformPlan plan = platform.plan();
        this.platform = platform;
        this.programs = programs;
        this.settings = new InstanceSettings(platform.home(), plan, platform.secrets(), programs.postgresBinaries());
        this.records = platform.records();
    }

    ProcessHandle start(Instance instance) throws IOException, InterruptedException {
        String name = instance.name();
        Path data = platform.home().data(name);
        Path config = platform.home().config(name);
        PrivateFiles.createDirectory(data);
        PrivateFiles.write(config, text(settings.of(instance)));
        ProcessHandle process = Spawner.start(
                programs.command(instance, config, platform.home().log(name)),
                data,
                platform.home().output(name));
        ProcessMark mark = ProcessMark.of(process)
                .orElseThrow(() -> new CommandFailure(name + " ended as soon as it was started"));
        records.store(new RunRecord(name, mark));
        return process;
    }

    /** Values are paths, numbers, addresses and generated passwords: a backslash is all that needs care. */
    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
    }
}
