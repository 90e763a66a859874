package io.elpis.support.topology;

import io.elpis.protocol.node.NodeLoad;
import io.elpis.protocol.node.NodeState;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.node.QueryNodeGrpc.QueryNodeStub;
import io.elpis.protocol.node.WatchStateRequest;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: its channel and the stream of its states.
 *
 * <p>Trying → Connected (first state heard) → Broken (stream ended, or given up after long silence) → after a pause with
 * jitter Trying again. Streams start and end on the keeper's thread and states come in on the channel's event loop;
 * both meet in volatile fields.
 */
final class NodeLink implements LiveNode {
    private static final Logger log = LoggerFactory.getLogger(NodeLink.class);

    private final NodeAddress address;
    private final ManagedChannel channel;
    private final QueryNodeStub stub;
    private final CallCredentials credentials;
    private final TopologySettings settings;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Keeper keeper;

    private volatile NodeState state = NodeState.getDefaultInstance();
    private volatile long heardAt;
    private volatile boolean connected;
    private volatile boolean tried;

    // The keeper's thread alone touches these.
    private @Nullable Watch watch;
    private int failures;
    private boolean closed;

    /** What a link tells and asks its keeper. */
    interface Keeper {
        /** Something that snapshots show is different. Any thread. */
        void changed();

        /** Runs on the keeper's thread. */
        void later(Runnable task, long nanos);
    }

    NodeLink(
            NodeAddress address,
            ManagedChannel channel,
            CallCredentials credentials,
            TopologySettings settings,
            LongSupplier nanoTime,
            RandomGenerator random,
            Keeper keeper) {
        this.address = address;
        this.channel = channel;
        this.stub = QueryNodeGrpc.newStub(channel);
        this.credentials = credentials;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.random = random;
        this.keeper = keeper;
    }

    @Override
    public String name() {
        return state.getNode();
    }

    @Override
    public String zone() {
        return state.getZone();
    }

    @Override
    public boolean silent() {
        return !connected || nanoTime.getAsLong() - heardAt > settings.silence().toNanos();
    }

    @Override
    public NodeLoad load() {
        return state.getLoad();
    }

    @Override
    public QueryNodeStub stub() {
        return stub;
    }

    boolean connected() {
        return connected;
    }

    /** Whether the first attempt to reach the node has had its answer, good or bad. */
    boolean tried() {
        return tried;
    }

    NodeView view() {
        return NodeView.of(this, state);
    }

    /** Keeper's thread. */
    void connect() {
        if (closed) {
            return;
        }
        channel.resetConnectBackoff();
        heardAt = nanoTime.getAsLong();
        watch = new Watch();
        stub.withCallCredentials(credentials).watchState(WatchStateRequest.getDefaultInstance(), watch);
    }

    /** Gives up a stream that has been silent for too long. Keeper's thread. */
    void giveUpWhenLost() {
        Watch running = watch;
        if (running != null && nanoTime.getAsLong() - heardAt > settings.lost().toNanos()) {
            running.cancel();
        }
    }

    /** Keeper's thread. */
    void close() {
        closed = true;
        connected = false;
        channel.shutdownNow();
    }

    private void heard(NodeState now) {
        heardAt = nanoTime.getAsLong();
        NodeState before = state;
        state = now;
        if (!connected || differs(before, now)) {
            if (!connected) {
                log.atInfo()
                        .addKeyValue("node", now.getNode())
                        .addKeyValue("address", address)
                        .log("query node connected");
            }
            tried = true;
            connected = true;
            keeper.changed();
        }
    }

    /** Most heartbeats bring nothing that a snapshot shows. */
    private static boolean differs(NodeState before, NodeState now) {
        return before.getIncarnation() != now.getIncarnation()
                || before.getCatalogVersion() != now.getCatalogVersion()
                || before.getDraining() != now.getDraining()
                || !before.getCopiesList().equals(now.getCopiesList());
    }

    /** Keeper's thread. */
    private void retry(Watch ended) {
        if (watch == ended) {
            watch = null;
            failures = ended.heardAnything ? 1 : Math.min(failures + 1, 16);
            long doubled = settings.firstPause().toNanos() << (failures - 1);
            long pause = Math.min(doubled, settings.longestPause().toNanos());
            keeper.later(this::connect, pause / 2 + random.nextLong(pause / 2 + 1));
        }
    }

    private final class Watch implements ClientResponseObserver<WatchStateRequest, NodeState> {
        private volatile @Nullable ClientCallStreamObserver<WatchStateRequest> call;
        private volatile boolean heardAnything;
        private volatile boolean ended;

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchStateRequest> starting) {
            call = starting;
        }

        @Override
        public void onNext(NodeState now) {
            if (!ended) {
                heardAnything = true;
                heard(now);
            }
        }

        @Override
        public void onError(Throwable failure) {
            broken(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            broken(Status.OK.withDescription("the node ended the stream"));
        }

        void cancel() {
            ClientCallStreamObserver<WatchStateRequest> running = call;
            if (running != null) {
                running.cancel("silent for too long", null);
            }
        }

        private void broken(Status status) {
            if (ended) {
                return;
            }
            ended = true;
            tried = true;
            if (connected) {
                log.atWarn()
                        .addKeyValue("node", name())
                        .addKeyValue("address", address)
                        .addKeyValue("reason", status)
                        .log("query node lost");
            } else {
                log.atDebug()
                        .addKeyValue("address", address)
                        .addKeyValue("reason", status)
                        .log("query node not reached");
            }
            connected = false;
            keeper.changed();
            keeper.later(() -> retry(this), 0);
        }
    }

    @Override
    public String toString() {
        return name().isEmpty() ? address.toString() : name();
    }
}
