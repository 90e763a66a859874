package io.elpis.launcher.torture;

import io.elpis.launcher.gateway.GatewayClient;
import io.elpis.launcher.platform.FreePorts;
import io.elpis.launcher.platform.PlatformHome;
import io.elpis.launcher.platform.PlatformPlan;
import io.elpis.launcher.service.PortChoice;
import io.elpis.launcher.supervision.Platform;
import io.elpis.launcher.supervision.PlatformUp;
import io.elpis.launcher.supervision.WantedShape;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** What a platform has around it to be tortured: made before it starts, and taken away after its end. */
public final class Torture implements Closeable {

    private final PlatformHome home;
    private final TorturePlan plan;
    private final Surroundings surroundings;
    private final Consumer<String> out;

    private Torture(PlatformHome home, TorturePlan plan, Surroundings surroundings, Consumer<String> out) {
        this.home = home;
        this.plan = plan;
        this.surroundings = surroundings;
        this.out = out;
    }

    /** @param up plans the platform, and starts nothing */
    public static Torture around(
            PlatformHome home, PlatformUp up, WantedShape shape, TorturePlan plan, Consumer<String> out)
            throws IOException, InterruptedException {
        FreePorts free = new FreePorts(new SecureRandom());
        Platform planned = up.plan(home, shape);
        PlatformPlan direct = new PortChoice(free)
                .choose(planned.plan().withoutAdvertised(), planned.fleet().instances());
        boolean hurt = plan.faults().contains(FaultKind.CUT) || plan.faults().contains(FaultKind.SLOW);
        Links links = hurt ? Links.open(direct, free) : Links.none(direct);
        links.plan().store(home);
        return new Torture(home, plan, Surroundings.make(home, links, plan, out), out);
    }

    /** @param gateway of the platform, which runs by now */
    public Report run(GatewayClient gateway) throws IOException, InterruptedException {
        Platform platform = Platform.existing(home);
        surroundings.links().follow(platform.plan());
        return new TortureRun(platform, surroundings, gateway, plan, out).run();
    }

    @Override
    public void close() throws IOException {
        surroundings.close();
        PlatformPlan.load(home).withoutAdvertised().store(home);
    }
}
