package io.elpis.query.node;

import io.elpis.query.placement.NodeCopies;
import io.elpis.query.placement.PlacementReader;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up when this node knows what it is to hold and all of that has caught up; nothing to hold is fine too. */
final class CopiesHealth extends AbstractHealthIndicator {
    private final PlacementReader placement;
    private final NodeCopies copies;

    CopiesHealth(PlacementReader placement, NodeCopies copies) {
        this.placement = placement;
        this.copies = copies;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.withDetail("copies", copies.all().size());
        if (!placement.isCaughtUp()) {
            health.outOfService().withDetail("reason", "the placement has not been read yet");
        } else if (!copies.caughtUp()) {
            health.outOfService().withDetail("reason", "copies are catching up");
        } else {
            health.up();
        }
    }
}
