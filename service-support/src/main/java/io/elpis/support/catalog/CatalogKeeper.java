package io.elpis.support.catalog;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.protocol.node.CatalogSnapshot;
import io.elpis.protocol.node.PullCatalogRequest;
import io.elpis.support.topology.LiveNode;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardMap;
import io.elpis.support.topology.ShardMapKeeper;
import io.grpc.CallCredentials;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog: pulls what is new from a node whose heartbeat tells of a newer version, or when asked to. One pull
 * is in flight at a time; who asks meanwhile shares the next.
 */
public final class CatalogKeeper {
    private static final Logger log = LoggerFactory.getLogger(CatalogKeeper.class);
    private static final Duration PULL_DEADLINE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ShardMapKeeper shardMap;
    private final CallCredentials credentials;

    private volatile CatalogView current = CatalogView.EMPTY;
    private volatile boolean known;

    @GuardedBy("this")
    private @Nullable CompletableFuture<CatalogView> running;

    @GuardedBy("this")
    private @Nullable CompletableFuture<CatalogView> next;

    /** @param credentials this service's own */
    public CatalogKeeper(ShardMapKeeper shardMap, CallCredentials credentials) {
        this.shardMap = shardMap;
        this.credentials = credentials;
    }

    public void start() {
        shardMap.onChange(map -> catchUp());
    }

    public CatalogView current() {
        return current;
    }

    /** Whether a node has ever told what indices there are. */
    public boolean known() {
        return known;
    }

    /**
     * The catalog as a node knows it after this call: for names that the present view lacks. When no node answers in
     * time, the present view. Completes on an event loop.
     */
    public CompletableFuture<CatalogView> refreshed() {
        CompletableFuture<CatalogView> wanted;
        synchronized (this) {
            if (running == null) {
                wanted = running = new CompletableFuture<>();
            } else if (next == null) {
                // A pull under way may have been answered before this call.
                return next = new CompletableFuture<>();
            } else {
                return next;
            }
        }
        pull(shardMap.current());
        return wanted;
    }

    private void catchUp() {
        ShardMap map = shardMap.current();
        boolean behind = !map.nodes().isEmpty() && (!known || map.catalogVersion() > current.version());
        if (behind) {
            synchronized (this) {
                if (running != null) {
                    return; // looks again when that ends
                }
                running = new CompletableFuture<>();
            }
            pull(map);
        }
    }

    /** From the node that knows most; from the next one when it does not answer. */
    private void pull(ShardMap map) {
        Deque<LiveNode> nodes = new ArrayDeque<>();
        map.nodes().stream()
                .sorted(Comparator.<NodeView, Boolean>comparing(
                                view -> view.node().silent())
                        .thenComparing(NodeView::catalogVersion, Comparator.reverseOrder()))
                .forEach(view -> nodes.add(view.node()));
        pull(nodes);
    }

    private void pull(Deque<LiveNode> nodes) {
        LiveNode node = nodes.poll();
        if (node == null) {
            ended(false);
            return;
        }
        node.stub()
                .withCallCredentials(credentials)
                .withDeadlineAfter(PULL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                .pullCatalog(
                        PullCatalogRequest.newBuilder()
                                .setKnownVersion(current.version())
                                .build(),
                        new Pull(node, nodes));
    }

    private void accept(CatalogSnapshot news) {
        if (news.getEntriesCount() > 0 || news.getVersion() > current.version()) {
            current = current.plus(news);
        }
        known = true;
        ended(true);
    }

    private void ended(boolean answered) {
        CompletableFuture<CatalogView> done;
        boolean again;
        synchronized (this) {
            done = running;
            running = next;
            next = null;
            again = running != null;
        }
        if (done != null) {
            done.complete(current);
        }
        if (again) {
            pull(shardMap.current());
        } else if (answered) {
            catchUp();
        } else {
            CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::catchUp);
        }
    }

    private final class Pull implements StreamObserver<CatalogSnapshot> {
        private final LiveNode node;
        private final Deque<LiveNode> others;
        private boolean answered;

        Pull(LiveNode node, Deque<LiveNode> others) {
            this.node = node;
            this.others = others;
        }

        @Override
        public void onNext(CatalogSnapshot news) {
            answered = true;
            try {
                accept(news);
            } catch (RuntimeException e) {
                log.error("a catalog entry cannot be read", e);
                ended(false);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!answered) {
                log.atDebug()
                        .addKeyValue("node", node.name())
                        .addKeyValue("reason", Status.fromThrowable(failure))
                        .log("no catalog from this node");
                pull(others);
            }
        }

        @Override
        public void onCompleted() {
            if (!answered) {
                pull(others);
            }
        }
    }
}
