package io.elpis.index.outcome;

import io.elpis.model.schema.ShardId;
import io.elpis.protocol.node.FollowOutcomesRequest;
import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.protocol.node.PositionedOutcome;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import io.grpc.CallCredentials;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outcomes from query nodes: of the copies that serve, the one that is furthest ahead. */
public final class NodeOutcomeFeed implements OutcomeFeed {
    private static final Logger log = LoggerFactory.getLogger(NodeOutcomeFeed.class);

    private final Supplier<ShardMap> map;
    private final CallCredentials credentials;

    public NodeOutcomeFeed(Supplier<ShardMap> map, CallCredentials credentials) {
        this.map = map;
        this.credentials = credentials;
    }

    @Override
    public Optional<Following> follow(
            ShardId shard, long generation, long fromOffset, String except, Listener listener) {
        Optional<ShardCopy> best = map.get().servingCopies(shard).stream()
                .min(Comparator.comparing((ShardCopy copy) -> copy.node().name().equals(except))
                        .thenComparing(copy -> copy.node().silent())
                        .thenComparing(copy -> -copy.state().getApplied().getOffset())
                        .thenComparing(copy -> copy.node().name()));
        return best.map(copy -> {
            Call call = new Call(shard, copy.node().name(), listener);
            FollowOutcomesRequest request = FollowOutcomesRequest.newBuilder()
                    .setShard(ShardWire.write(shard))
                    .setFrom(Position.newBuilder().setGeneration(generation).setOffset(fromOffset))
                    .build();
            copy.node().stub().withCallCredentials(credentials).followOutcomes(request, call);
            return call;
        });
    }

    static final class Call implements Following, ClientResponseObserver<FollowOutcomesRequest, OutcomeBatch> {
        private final ShardId shard;
        private final String node;
        private final Listener listener;
        private volatile @Nullable ClientCallStreamObserver<FollowOutcomesRequest> call;
        private volatile boolean cancelled;

        Call(ShardId shard, String node, Listener listener) {
            this.shard = shard;
            this.node = node;
            this.listener = listener;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<FollowOutcomesRequest> starting) {
            call = starting;
        }

        @Override
        public void onNext(OutcomeBatch batch) {
            if (!cancelled) {
                for (PositionedOutcome outcome : batch.getOutcomesList()) {
                    listener.outcome(outcome.getPosition().getOffset(), outcome.getOutcome());
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!cancelled) {
                Status status = Status.fromThrowable(failure);
                log.atInfo()
                        .addKeyValue("shard", shard)
                        .addKeyValue("node", node)
                        .addKeyValue("reason", status)
                        .log("outcomes end, following another copy");
                if (status.getCode() == Status.Code.OUT_OF_RANGE) {
                    listener.forgotten();
                } else {
                    listener.ended(String.valueOf(failure.getMessage()));
                }
            }
        }

        @Override
        public void onCompleted() {
            if (!cancelled) {
                listener.ended("completed");
            }
        }

        @Override
        public String node() {
            return node;
        }

        @Override
        public void cancel() {
            cancelled = true;
            ClientCallStreamObserver<FollowOutcomesRequest> running = call;
            if (running != null) {
                running.cancel("not needed any more", null);
            }
        }
    }
}
