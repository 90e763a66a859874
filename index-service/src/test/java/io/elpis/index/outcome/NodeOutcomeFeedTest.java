package io.elpis.index.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.ShardId;
import io.elpis.protocol.record.Outcome;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class NodeOutcomeFeedTest {
    private final List<String> heard = new ArrayList<>();
    private final NodeOutcomeFeed.Call call =
            new NodeOutcomeFeed.Call(new ShardId(new IndexUuid(new UUID(1, 1)), 0), "query-1", new Listener());

    @Test
    void aPlaceThatACopyForgotIsToldFromACopyThatDied() {
        call.onError(Status.OUT_OF_RANGE.withDescription("left the window").asRuntimeException());
        call.onError(Status.UNAVAILABLE.asRuntimeException());
        assertThat(heard).containsExactly("forgotten", "ended");
    }

    @Test
    void whoLeftHearsNothing() {
        call.cancel();
        call.onError(Status.OUT_OF_RANGE.asRuntimeException());
        call.onCompleted();
        assertThat(heard).isEmpty();
    }

    private final class Listener implements OutcomeFeed.Listener {
        @Override
        public void outcome(long offset, Outcome outcome) {
            heard.add("outcome");
        }

        @Override
        public void ended(String reason) {
            heard.add("ended");
        }

        @Override
        public void forgotten() {
            heard.add("forgotten");
        }
    }
}
