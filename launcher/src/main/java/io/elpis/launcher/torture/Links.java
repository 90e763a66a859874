package io.elpis.launcher.torture;

import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.torture.link.Link;
import io.elpis.torture.link.Quality;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways to every instance but the gateway: what the platform advertises are their ports. */
final class Links implements Closeable {

    private final Map<String, List<Link>> byInstance = new LinkedHashMap<>();
    private volatile PlatformPlan plan;

    private Links(PlatformPlan plan) {
        this.plan = plan;
    }

    /** The straight ways, where nobody is going to hurt them. */
    static Links none(PlatformPlan planned) {
        return new Links(planned);
    }

    /** @param planned with a port for every purpose of the platform */
    static Links open(PlatformPlan planned, FreePorts free) throws IOException {
        Links links = new Links(planned);
        try {
            for (Instance instance : Fleet.of(planned.shape()).instances()) {
                for (String purpose : purposes(instance)) {
                    links.open(instance, purpose, free);
                }
            }
            return links;
        } catch (IOException e) {
            links.close();
            throw e;
        }
    }

    /** The plan with the ports of the links. */
    PlatformPlan plan() {
        return plan;
    }

    /** From now on with the ports that instances listen on in this plan. */
    void follow(PlatformPlan changed) {
        plan = changed;
    }

    void set(Instance instance, Quality quality) {
        of(instance).forEach(link -> link.set(quality));
    }

    /** As is done while an instance does not run. */
    void refuse(Instance instance) throws IOException, InterruptedException {
        for (Link link : of(instance)) {
            link.refuse();
        }
    }

    void admit(Instance instance) throws IOException {
        for (Link link : of(instance)) {
            link.admit();
        }
    }

    void healAll() throws IOException {
        for (List<Link> links : byInstance.values()) {
            for (Link link : links) {
                link.set(Quality.GOOD);
                link.admit();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (List<Link> links : byInstance.values()) {
            for (Link link : links) {
                link.close();
            }
        }
    }

    private void open(Instance instance, String purpose, FreePorts free) throws IOException {
        Set<Integer> taken = new HashSet<>(plan.ports().values());
        taken.add(plan.shape().port());
        Link link = new Link(free.choose(taken), () -> plan.port(purpose));
        byInstance.computeIfAbsent(instance.name(), name -> new ArrayList<>()).add(link);
        plan = plan.withAdvertised(purpose, link.port());
    }

    private List<Link> of(Instance instance) {
        return byInstance.getOrDefault(instance.name(), List.of());
    }

    private static List<String> purposes(Instance instance) {
        return switch (instance.kind()) {
            case GATEWAY -> List.of();
            case QUERY -> List.of(instance.grpcPort());
            case KAFKA -> List.of(instance.port(), instance.controllerPort());
            case DISCOVERY, POSTGRES, AUTH, INDEX, AGGREGATOR -> List.of(instance.port());
        };
    }
}
