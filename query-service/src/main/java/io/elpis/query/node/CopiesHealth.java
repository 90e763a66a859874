package io.elpis.query.node;

import io.elpis.query.placement.NodeCopies;
import io.elpis.query.placement.PlacementReader;
import io.elpis.query.replica.CopyPhase;
import io.elpis.query.replica.CopyStatus;
import io.elpis.query.replica.HostedCopy;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Out of service until this node knows what it is to hold and has caught up with all of that once; copies it is given
 * later catch up while it serves the others. Down while any copy has failed: someone should look.
 */
final class CopiesHealth extends AbstractHealthIndicator {
    private final PlacementReader placement;
    private final NodeCopies copies;
    private volatile boolean hasServedAll;

    CopiesHealth(PlacementReader placement, NodeCopies copies) {
        this.placement = placement;
        this.copies = copies;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Map<String, String> failed = new TreeMap<>();
        boolean recovering = false;
        for (HostedCopy copy : copies.all()) {
            CopyStatus status = copy.status();
            recovering |= status.phase() == CopyPhase.RECOVERING;
            if (status.phase() == CopyPhase.FAILED) {
                failed.put(copy.plan().shard().toString(), status.reason());
            }
        }
        hasServedAll |= placement.isCaughtUp() && !recovering && failed.isEmpty();
        health.withDetail("copies", copies.all().size());
        if (!failed.isEmpty()) {
            health.down().withDetail("failed", failed);
        } else if (!placement.isCaughtUp()) {
            health.outOfService().withDetail("reason", "the placement has not been read yet");
        } else if (!hasServedAll) {
            health.outOfService().withDetail("reason", "copies are catching up");
        } else {
            health.up();
        }
    }
}
