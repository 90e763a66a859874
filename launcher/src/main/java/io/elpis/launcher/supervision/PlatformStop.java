package io.elpis.launcher.supervision;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.process.ProcessMark;
import io.elpis.launcher.process.ProcessTree;
import io.elpis.launcher.process.RunRecord;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Ends processes of a platform: services first, then what they stand on. */
public final class PlatformStop {

    private static final Set<ServiceKind> FOUNDATIONS =
            EnumSet.of(ServiceKind.DISCOVERY, ServiceKind.KAFKA, ServiceKind.POSTGRES);

    private final RunRecords records;
    private final Duration deadline;
    private final Consumer<String> report;

    /** @param deadline for the end of one process after SIGTERM; then comes SIGKILL */
    public PlatformStop(PlatformHome home, Duration deadline, Consumer<String> report) {
        this.records = new RunRecords(home.runDirectory());
        this.deadline = deadline;
        this.report = report;
    }

    /** @return how many processes ran */
    public int stopAll() throws IOException, InterruptedException {
        return stopInOrder(records.instances());
    }

    /** @return how many processes ran of those that end with this command */
    public int stopKeptBy(ProcessMark command) throws IOException, InterruptedException {
        return stopInOrder(
                records.keptBy(command).stream().map(RunRecord::instance).toList());
    }

    private int stopInOrder(List<String> all) throws InterruptedException {
        return stop(all.stream().filter(name -> !foundation(name)).toList())
                + stop(all.stream().filter(PlatformStop::foundation).toList());
    }

    /** @return whether it ran */
    public boolean stop(String instance) throws IOException, InterruptedException {
        Optional<ProcessHandle> process = records.running(instance);
        if (process.isPresent()) {
            long begin = System.nanoTime();
            var tree = new ProcessTree(process.get());
            String how = "stopped";
            if (!tree.stop(deadline)) {
                tree.kill();
                tree.awaitEnd(deadline);
                how = "killed (it did not stop within " + deadline.toSeconds() + " s)";
            }
            report.accept("%-13s %s after %.1f s".formatted(instance, how, (System.nanoTime() - begin) / 1e9));
        }
        records.forget(instance);
        return process.isPresent();
    }

    /** SIGKILL; the record stays, so that the status tells of a death and not of a stop. */
    public void kill(String instance) throws IOException, InterruptedException {
        ProcessHandle process =
                records.running(instance).orElseThrow(() -> new CommandFailure(instance + " does not run"));
        var tree = new ProcessTree(process);
        tree.kill();
        tree.awaitEnd(deadline);
        report.accept(instance + " killed (pid " + process.pid() + ")");
    }

    private int stop(List<String> instances) throws InterruptedException {
        int ran = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = instances.stream()
                    .map(instance -> threads.submit(() -> stop(instance)))
                    .toList();
            for (Future<Boolean> one : all) {
                ran += one.get() ? 1 : 0;
            }
        } catch (ExecutionException e) {
            throw new CommandFailure("cannot stop: " + e.getCause());
        }
        return ran;
    }

    private static boolean foundation(String instance) {
        String prefix = instance.substring(0, Math.max(0, instance.lastIndexOf('-')));
        return ServiceKind.named(prefix).filter(FOUNDATIONS::contains).isPresent();
    }
}
