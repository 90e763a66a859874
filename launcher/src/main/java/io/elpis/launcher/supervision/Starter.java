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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes instances' settings and starts their processes. */
final class Starter {

    private final Platform platform;
    private final Programs programs;
    private final InstanceSettings settings;
    private final RunRecords records;
    private final StartGate gate;

    Starter(Platform platform, Programs programs, StartGate gate) {
        PlatformPlan plan = platform.plan();
        this.platform = platform;
        this.programs = programs;
        this.settings = new InstanceSettings(platform.home(), plan, platform.secrets(), programs.postgresBinaries());
        this.records = platform.records();
        this.gate = gate;
    }

    /** Writes the settings of all; by one thread, as secrets that two of them share are made on the way. */
    void configure(List<Instance> instances) throws IOException {
        for (Instance instance : instances) {
            PrivateFiles.createDirectory(platform.home().data(instance.name()));
            PrivateFiles.write(platform.home().config(instance.name()), text(settings.of(instance)));
        }
    }

    ProcessHandle start(Instance instance) throws IOException, InterruptedException {
        String name = instance.name();
        List<String> command = programs.command(
                instance, platform.home().config(name), platform.home().log(name));
        return gate.pass(() -> spawn(name, command));
    }

    private ProcessHandle spawn(String name, List<String> command) throws IOException {
        ProcessHandle process = Spawner.start(
                command,
                platform.home().data(name),
                platform.home().output(name),
                EnvironmentFile.read(platform.home().environment(name)));
        ProcessMark mark = ProcessMark.of(process)
                .orElseThrow(() -> new CommandFailure(name + " ended as soon as it was started"));
        records.store(new RunRecord(name, mark, gate.keeper()));
        return process;
    }

    /** Values are paths, numbers, addresses and generated passwords: a backslash is all that needs care. */
    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
    }
}
