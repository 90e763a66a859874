package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.process.ProcessTree;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Looks at all instances at once. */
public final class StatusQuery {

    private final Platform platform;
    private final InstanceProbe probes;

    public StatusQuery(Platform platform) {
        this.platform = platform;
        this.probes = new InstanceProbe(platform);
    }

    public List<InstanceStatus> all() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<InstanceStatus>> answers = platform.fleet().instances().stream()
                    .map(instance -> threads.submit(() -> of(instance)))
                    .toList();
            var all = new ArrayList<InstanceStatus>();
            for (Future<InstanceStatus> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new CommandFailure("cannot look: " + e.getCause());
        }
    }

    private InstanceStatus of(Instance instance) throws IOException {
        Optional<RunRecord> record = platform.records().find(instance.name());
        Optional<ProcessHandle> process = record.flatMap(RunRecord::process);
        if (process.isEmpty()) {
            return status(instance, null, record.isPresent() ? "dead" : "stopped", 0);
        }
        String state = probes.of(instance).ready() ? "ready" : "starting";
        return status(instance, process.get().pid(), state, new ProcessTree(process.get()).memoryBytes());
    }

    private InstanceStatus status(Instance instance, @Nullable Long pid, String state, long memoryBytes) {
        Integer port = platform.plan().ports().getOrDefault(instance.port(), 0);
        return new InstanceStatus(
                instance.kind().service(),
                instance.name(),
                pid,
                instance.kind() == ServiceKind.GATEWAY ? platform.port(instance) : port,
                instance.zone(),
                state,
                memoryBytes);
    }
}
