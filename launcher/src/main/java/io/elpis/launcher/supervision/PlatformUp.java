package io.elpis.launcher.supervision;

import io.elpis.launcher.advice.Advice;
import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.installation.Programs;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.PlatformShape;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.PortChoice;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a platform run: makes it first where there is none, and starts what does not run of it. */
public final class PlatformUp {

    /** Several times what a start takes on two busy processors. */
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(180);

    private static final Duration UNTRAINED_DEADLINE = Duration.ofSeconds(600);

    private final Installation installation;
    private final Programs programs;
    private final StartGate gate;
    private final @Nullable Duration deadline;
    private final Consumer<String> report;

    /**
     * @param gate closed by who wants no more processes started
     * @param deadline for the whole start; null for what is usual, more while the JVM's caches are not trained
     */
    public PlatformUp(
            Installation installation,
            Programs programs,
            StartGate gate,
            @Nullable Duration deadline,
            Consumer<String> report) {
        this.installation = installation;
        this.programs = programs;
        this.gate = gate;
        this.deadline = deadline;
        this.report = report;
    }

    /** Decides shape and keeps it; starts nothing. */
    public Platform plan(PlatformHome home, WantedShape wanted) throws IOException {
        home.create();
        PlatformPlan plan;
        if (home.exists()) {
            PlatformPlan former = PlatformPlan.load(home);
            plan = former.withShape(wanted.changing(former.shape()));
            requireNothingRunsElsewhere(home, former, plan);
        } else {
            plan = PlatformPlan.fresh(wanted.over(PlatformShape.DEFAULT));
        }
        return new Platform(home, plan, installation);
    }

    /**
     * Starts these instances, or waits for those of them that run already, and returns the platform with the ports they
     * have now.
     */
    public Platform start(Platform planned, List<Instance> instances) throws IOException, InterruptedException {
        var missing = new ArrayList<Instance>();
        for (Instance instance : instances) {
            if (!planned.runs(instance)) {
                missing.add(instance);
            }
        }
        Platform platform = prepared(planned, missing);
        startOf(platform, missing).start(instances);
        return platform;
    }

    /** Starts an instance and waits for nothing, not for what it needs either. */
    public Platform begin(Platform planned, Instance instance) throws IOException, InterruptedException {
        Platform platform = prepared(planned, List.of(instance));
        startOf(platform, List.of(instance)).begin(instance);
        return platform;
    }

    /** Waits for an instance that was begun; it is begun again where it has ended before the wait. */
    public void awaitReady(Platform platform, Instance instance) throws IOException, InterruptedException {
        startOf(platform, List.of(instance)).start(List.of(instance));
    }

    private Platform prepared(Platform planned, List<Instance> missing) throws IOException, InterruptedException {
        requirePublicPort(planned, missing);
        programs.prepare(kinds(missing));
        PlatformPlan plan = new PortChoice(new FreePorts(new SecureRandom())).choose(planned.plan(), missing);
        plan.store(planned.home());
        return planned.withPlan(plan);
    }

    private PlatformStart startOf(Platform platform, List<Instance> missing) throws IOException {
        return new PlatformStart(platform, programs, gate, deadline(kinds(missing)), report);
    }

    private static List<ServiceKind> kinds(List<Instance> instances) {
        return instances.stream().map(Instance::kind).distinct().toList();
    }

    private Duration deadline(List<ServiceKind> kinds) throws IOException {
        Duration given = deadline;
        if (given != null) {
            return given;
        }
        return programs.trained(kinds) ? USUAL_DEADLINE : UNTRAINED_DEADLINE;
    }

    private static void requirePublicPort(Platform platform, List<Instance> instances) throws IOException {
        PlatformShape shape = platform.plan().shape();
        boolean starts = instances.stream().anyMatch(instance -> instance.kind() == ServiceKind.GATEWAY);
        if (starts && !FreePorts.free(InetAddress.getByName(shape.host()), shape.port())) {
            throw new CommandFailure(
                    "port " + shape.port() + " of " + shape.host() + " is taken: choose another with --port");
        }
    }

    /** A running gateway keeps its address, and no instance that runs may fall out of the platform. */
    private void requireNothingRunsElsewhere(PlatformHome home, PlatformPlan former, PlatformPlan plan)
            throws IOException {
        var records = new RunRecords(home.runDirectory());
        Platform before = new Platform(home, former, installation);
        List<Instance> wanted = new Platform(home, plan, installation).fleet().instances();
        for (Instance instance : before.fleet().instances()) {
            boolean moved = instance.kind() == ServiceKind.GATEWAY
                    && (former.shape().port() != plan.shape().port()
                            || !former.shape().host().equals(plan.shape().host()));
            if ((moved || !wanted.contains(instance))
                    && records.running(instance.name()).isPresent()) {
                throw new CommandFailure(instance + " runs as it was asked for before: "
                        + Advice.line(home.directory(), "down") + " first");
            }
        }
    }
}
