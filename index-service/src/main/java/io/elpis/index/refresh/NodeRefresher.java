package io.elpis.index.refresh;

import io.elpis.protocol.node.RefreshRequest;
import io.elpis.protocol.node.RefreshResponse;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.Position;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import io.grpc.CallCredentials;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Refreshes over the query nodes' RPC, all copies at the same time. */
public final class NodeRefresher implements Refresher {
    private static final Logger log = LoggerFactory.getLogger(NodeRefresher.class);

    private final Supplier<ShardMap> map;
    private final CallCredentials credentials;

    public NodeRefresher(Supplier<ShardMap> map, CallCredentials credentials) {
        this.map = map;
        this.credentials = credentials;
    }

    private record Call(ShardCopy copy, RefreshRequest request) {}

    @Override
    public Refreshed refresh(Collection<Target> targets, How how, Duration atMost) {
        ShardMap now = map.get();
        List<Call> calls = new ArrayList<>();
        for (Target target : targets) {
            RefreshRequest.Builder request = RefreshRequest.newBuilder()
                    .setShard(ShardWire.write(target.shard()))
                    .setAwait(how == How.AWAITED);
            if (target.lastOffset() >= 0) {
                request.setUpTo(
                        Position.newBuilder().setGeneration(target.generation()).setOffset(target.lastOffset()));
            }
            for (ShardCopy copy : now.servingCopies(target.shard())) {
                calls.add(new Call(copy, request.build()));
            }
        }
        Answers answers = new Answers(calls.size(), how);
        for (Call call : calls) {
            call.copy
                    .node()
                    .stub()
                    .withCallCredentials(credentials)
                    .withDeadlineAfter(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    .refresh(call.request, answers.of(call.copy));
        }
        return answers.await(atMost);
    }

    private static final class Answers {
        private final CountDownLatch open;
        private final AtomicInteger good = new AtomicInteger();
        private final AtomicInteger forced = new AtomicInteger();
        private final int asked;
        private final How how;

        Answers(int asked, How how) {
            this.asked = asked;
            this.how = how;
            open = new CountDownLatch(asked);
        }

        StreamObserver<RefreshResponse> of(ShardCopy copy) {
            return new StreamObserver<>() {
                @Override
                public void onNext(RefreshResponse answer) {
                    good.incrementAndGet();
                    forced.addAndGet(how == How.NOW || answer.getForced() ? 1 : 0);
                }

                @Override
                public void onError(Throwable failure) {
                    // Waiting in vain is what happens where nothing is refreshed by itself.
                    log.atLevel(how == How.NOW ? Level.WARN : Level.DEBUG)
                            .addKeyValue("shard", copy.shard())
                            .addKeyValue("node", copy.node().name())
                            .addKeyValue("reason", Status.fromThrowable(failure))
                            .log("copy not refreshed");
                    open.countDown();
                }

                @Override
                public void onCompleted() {
                    open.countDown();
                }
            };
        }

        Refreshed await(Duration atMost) {
            try {
                var unused = open.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            int successful = good.get();
            return new Refreshed(successful, asked - successful, forced.get());
        }
    }
}
