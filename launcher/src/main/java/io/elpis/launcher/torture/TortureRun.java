package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.supervision.Platform;
import io.elpis.torture.check.Refusals;
import io.elpis.torture.check.Verdict;
import io.elpis.torture.client.Door;
import io.elpis.torture.history.HistoryFile;
import io.elpis.torture.workload.Audits;
import io.elpis.torture.workload.Clients;
import io.elpis.torture.workload.Recorder;
import io.elpis.torture.workload.Workload;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run: clients work while one fault follows another; then everything is healed, the platform becomes green, and
 * what it holds is compared with what it had said. The histories stay in the run's directory.
 */
final class TortureRun {

    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final Duration AUDIT = Duration.ofSeconds(90);
    private static final Duration AUDIT_PAUSE = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final long POLL_MILLIS = 500;
    private static final long SETTLING_MILLIS = 3_000;

    private record Running(Workload workload, Recorder recorder, HistoryFile file) implements Closeable {
        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private final Platform platform;
    private final Surroundings surroundings;
    private final GatewayClient gateway;
    private final TorturePlan plan;
    private final Consumer<String> out;

    TortureRun(
            Platform platform,
            Surroundings surroundings,
            GatewayClient gateway,
            TorturePlan plan,
            Consumer<String> out) {
        this.platform = platform;
        this.surroundings = surroundings;
        this.gateway = gateway;
        this.plan = plan;
        this.out = out;
    }

    Report run() throws IOException, InterruptedException {
        String name = Long.toString(System.currentTimeMillis(), 36);
        Path directory = Files.createDirectories(platform.home().directory().resolve("torture/" + name));
        out.accept("histories in " + directory);
        Door door = new Door(URI.create(platform.url()), new LastingToken(gateway), ANSWER);
        Alarms alarms = Alarms.from(platform.home());
        Map<WorkloadKind, Running> workloads = new EnumMap<>(WorkloadKind.class);
        try {
            for (WorkloadKind kind : plan.workloads()) {
                workloads.put(kind, prepared(kind, door, directory, name));
            }
            awaitGreen(name);
            List<Fault> faults = torture(workloads, directory);
            awaitGreen(name);
            return report(workloads, faults, alarms, directory);
        } finally {
            for (Running running : workloads.values()) {
                running.close();
            }
        }
    }

    private static Running prepared(WorkloadKind kind, Door door, Path directory, String name)
            throws IOException, InterruptedException {
        var file = new HistoryFile(directory.resolve(kind + ".jsonl"));
        var recorder = new Recorder(file, System.nanoTime());
        Workload workload = kind.make(door, recorder, name);
        workload.prepare();
        return new Running(workload, recorder, file);
    }

    private List<Fault> torture(Map<WorkloadKind, Running> workloads, Path directory)
            throws IOException, InterruptedException {
        var injector = new FaultInjector(platform, surroundings);
        var faultPlan = new FaultPlan(plan.seed(), platform.fleet(), surroundings.possible());
        List<Fault> done = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Map<FaultKind, Long> counts = none();
        long begin = System.nanoTime();
        try (var ward = new Ward(injector, platform.fleet());
                var clients = new Clients(
                        workloads.values().stream().map(Running::workload).toList())) {
            clients.start(plan.clients(), plan.seed());
            pause(SETTLING_MILLIS);
            while (!plan.over(
                    Duration.ofNanos(System.nanoTime() - begin), plan.reached(acknowledged(workloads), counts))) {
                for (Instance dead : ward.pickUpDead()) {
                    told.add(tell(begin, dead + " had ended by itself and is started"));
                }
                Optional<Fault> next = faultPlan.next(fault -> ward.admits(fault) && runs(fault.victim()));
                if (next.isEmpty()) {
                    pause(POLL_MILLIS);
                    continue;
                }
                Fault fault = next.get();
                told.add(tell(begin, fault.toString()));
                injector.inflict(fault);
                done.add(fault);
                counts.merge(fault.kind(), 1L, Long::sum);
                ward.take(fault);
                pause(fault.gap().toMillis());
            }
            clients.stop();
            ward.awaitAll();
        }
        injector.healAll();
        Files.write(directory.resolve("faults.txt"), told);
        return done;
    }

    private boolean runs(Instance instance) {
        try {
            return platform.runs(instance);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long acknowledged(Map<WorkloadKind, Running> workloads) {
        return workloads.values().stream()
                .mapToLong(running -> running.recorder().acknowledged())
                .sum();
    }

    private Map<FaultKind, Long> none() {
        Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
        surroundings.possible().forEach(kind -> counts.put(kind, 0L));
        return counts;
    }

    private String tell(long begin, String line) {
        String timed = "%6.1f s  %s".formatted((System.nanoTime() - begin) / 1e9, line);
        out.accept(timed);
        return timed;
    }

    private Report report(Map<WorkloadKind, Running> workloads, List<Fault> faults, Alarms alarms, Path directory)
            throws IOException, InterruptedException {
        Map<FaultKind, Long> counts = none();
        faults.forEach(fault -> counts.merge(fault.kind(), 1L, Long::sum));
        var report = new Report(plan, counts);
        var audits = new Audits(new Door(URI.create(platform.url()), new LastingToken(gateway), AUDIT), AUDIT_PAUSE);
        for (Map.Entry<WorkloadKind, Running> entry : workloads.entrySet()) {
            Running running = entry.getValue();
            Recorder recorder = running.recorder();
            Verdict refusals = new Verdict(Refusals.violations(recorder.operations()), List.of());
            Verdict verdict = running.workload().judge().and(refusals);
            report.add(entry.getKey(), recorder.operations(), recorder.repeats(), verdict);
            report.compare(entry.getKey(), audits.of(running.workload().index()));
        }
        report.alarms(alarms.raised(kinds(faults)));
        Files.write(directory.resolve("report.txt"), report.lines());
        return report;
    }

    private static Set<FaultKind> kinds(List<Fault> faults) {
        return faults.stream().map(Fault::kind).collect(Collectors.toSet());
    }

    /** Until every copy of the run's indices serves. */
    private void awaitGreen(String run) throws IOException, InterruptedException {
        String indices = plan.workloads().stream()
                .map(kind -> "torture-" + kind + "-" + run)
                .collect(Collectors.joining(","));
        long begin = System.nanoTime();
        String status = "";
        while (System.nanoTime() - begin < RECOVERY.toNanos()) {
            GatewayClient.Answer answer = gateway.get("/_cluster/health/" + indices);
            status = answer.ok() ? answer.json().path("status").asString("") : "answered with " + answer.status();
            if (status.equals("green")) {
                return;
            }
            pause(POLL_MILLIS);
        }
        throw new CommandFailure("the platform did not recover within " + RECOVERY.toMinutes() + " min: " + status);
    }

    private static void pause(long millis) throws InterruptedException {
        var _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
