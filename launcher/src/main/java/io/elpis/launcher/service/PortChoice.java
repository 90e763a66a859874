package io.elpis.launcher.service;

import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformPlan;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives every instance its ports: those it had before, where they are still free. */
public final class PortChoice {

    private final FreePorts free;

    public PortChoice(FreePorts free) {
        this.free = free;
    }

    /**
     * @param starting the instances whose ports may change; those of others are in use
     * @return the plan with a port for every purpose of the starting instances
     */
    public PlatformPlan choose(PlatformPlan plan, List<Instance> starting) {
        PlatformPlan chosen = plan;
        for (Instance instance : starting) {
            for (String purpose : purposes(instance)) {
                Integer kept = chosen.ports().get(purpose);
                if (kept == null || !FreePorts.free(InetAddress.getLoopbackAddress(), kept)) {
                    Set<Integer> taken = new HashSet<>(chosen.ports().values());
                    taken.add(plan.shape().port());
                    chosen = chosen.withPort(purpose, free.choose(taken));
                }
            }
        }
        return chosen;
    }

    private static List<String> purposes(Instance instance) {
        var all = new ArrayList<String>();
        if (instance.kind() != ServiceKind.GATEWAY) {
            all.add(instance.port());
        }
        if (instance.kind() == ServiceKind.QUERY) {
            all.add(instance.grpcPort());
        }
        if (instance.kind() == ServiceKind.KAFKA) {
            all.add(instance.controllerPort());
        }
        return all;
    }
}
