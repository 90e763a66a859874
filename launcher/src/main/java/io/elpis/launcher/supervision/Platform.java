package io.elpis.launcher.supervision;

import io.elpis.launcher.installation.Installation;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.platform.Secrets;
import io.elpis.launcher.process.RunRecords;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.InstanceSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One platform: where it lives, what it consists of, and what of it runs. */
public record Platform(PlatformHome home, PlatformPlan plan, Installation installation) {

    /** The platform that was made in this directory. */
    public static Platform existing(PlatformHome home) throws IOException {
        return new Platform(home, PlatformPlan.load(home), Installation.current());
    }

    public Fleet fleet() {
        return Fleet.of(plan.shape());
    }

    public RunRecords records() {
        return new RunRecords(home.runDirectory());
    }

    public Secrets secrets() {
        return Secrets.of(home);
    }

    public boolean runs(Instance instance) throws IOException {
        return records().running(instance.name()).isPresent();
    }

    public List<Instance> missing() throws IOException {
        var missing = new ArrayList<Instance>();
        for (Instance instance : fleet().instances()) {
            if (!runs(instance)) {
                missing.add(instance);
            }
        }
        return missing;
    }

    /** What does not run, and what runs but is not ready. */
    public List<Instance> unready() throws InterruptedException {
        Set<String> ready = new StatusQuery(this)
                .all().stream()
                        .filter(status -> status.state().equals("ready"))
                        .map(InstanceStatus::instance)
                        .collect(Collectors.toSet());
        return fleet().instances().stream()
                .filter(instance -> !ready.contains(instance.name()))
                .toList();
    }

    public int port(Instance instance) {
        return InstanceSettings.port(plan, instance);
    }

    /** Where users reach it from this machine. */
    public String url() {
        String host = plan.shape().host();
        return "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":"
                + plan.shape().port();
    }

    Platform withPlan(PlatformPlan changed) {
        return new Platform(home, changed, installation);
    }
}
