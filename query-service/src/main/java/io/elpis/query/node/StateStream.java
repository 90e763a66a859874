package io.elpis.query.node;

import io.elpis.protocol.node.NodeState;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells everyone who watches this node its state: regularly, and at once when something has changed. Who cannot keep up
 * misses some: only the newest counts.
 */
public final class StateStream {
    private final Supplier<NodeState> states;
    private final Executor executor;
    private final List<ServerCallStreamObserver<NodeState>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean publishing = new AtomicBoolean();

    /** @param executor one thread, so that states go out in the order they are made */
    StateStream(Supplier<NodeState> states, Executor executor) {
        this.states = states;
        this.executor = executor;
    }

    void add(ServerCallStreamObserver<NodeState> watcher) {
        watcher.setOnCancelHandler(() -> watchers.remove(watcher));
        executor.execute(() -> {
            watchers.add(watcher);
            send(watcher, states.get());
        });
    }

    /** Returns at once; changes in quick succession are told together. */
    public void changed() {
        if (publishing.compareAndSet(false, true)) {
            executor.execute(() -> {
                publishing.set(false);
                publish();
            });
        }
    }

    /** On the executor's thread. */
    void publish() {
        if (watchers.isEmpty()) {
            return;
        }
        NodeState state = states.get();
        watchers.forEach(watcher -> send(watcher, state));
    }

    private void send(ServerCallStreamObserver<NodeState> watcher, NodeState state) {
        try {
            if (watcher.isCancelled()) {
                watchers.remove(watcher);
            } else if (watcher.isReady()) {
                watcher.onNext(state);
            }
        } catch (RuntimeException gone) {
            watchers.remove(watcher);
        }
    }

    /** Ends all streams, after a last word. */
    void end() {
        executor.execute(() -> {
            publish();
            watchers.forEach(ServerCallStreamObserver::onCompleted);
            watchers.clear();
        });
    }
}
