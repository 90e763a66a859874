package io.elpis.support.topology;

import com.google.errorprone.annotations.ThreadSafe;
import io.grpc.CallCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the shard map: a link to every node the directory knows, and a new snapshot whenever a node tells of a change.
 * A node whose stream broke leaves the map at once. A node that discovery forgot stays as long as its stream lives.
 * One thread of its own owns the links and calls the listeners.
 */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // links belong to the one thread, as said above
public final class ShardMapKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ShardMapKeeper.class);

    private final NodeDirectory directory;
    private final NodeChannels channels;
    private final CallCredentials credentials;
    private final TopologySettings settings;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("shard-map").factory());

    private final Map<NodeAddress, NodeLink> links = new HashMap<>();
    private final List<Consumer<ShardMap>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean rebuilding = new AtomicBoolean();
    private final AtomicBoolean started = new AtomicBoolean();
    private final NodeLink.Keeper self = new Self();

    private volatile ShardMap current = ShardMap.EMPTY;
    private volatile boolean surveyed;
    private volatile boolean closed;

    /**
     * @param credentials this service's own
     * @param nanoTime monotonic
     */
    public ShardMapKeeper(
            NodeDirectory directory,
            NodeChannels channels,
            CallCredentials credentials,
            TopologySettings settings,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.directory = directory;
        this.channels = channels;
        this.credentials = credentials;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    public void start() {
        if (started.compareAndSet(false, true)) {
            var unused = thread.scheduleWithFixedDelay(
                    this::survey, 0, settings.poll().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    public ShardMap current() {
        return current;
    }

    /**
     * Whether at some time at least one node was known and each known node had been reached or had failed to answer. A
     * node that joins later makes nobody blind again.
     */
    public boolean surveyed() {
        return surveyed;
    }

    /**
     * Calls the listener with the present map and then with every new one, on the keeper's thread: it must be quick.
     *
     * @return ends the calls
     */
    public Runnable onChange(Consumer<ShardMap> listener) {
        listeners.add(listener);
        run(() -> tell(listener, current));
        return () -> listeners.remove(listener);
    }

    /**
     * The first map that fulfils the condition; completes with a TimeoutException when there is none in time. The
     * condition is tested on the keeper's thread, and dependent stages run there unless they are async.
     */
    public CompletableFuture<ShardMap> when(Predicate<ShardMap> condition, Duration patience) {
        ShardMap now = current;
        if (condition.test(now)) {
            return CompletableFuture.completedFuture(now);
        }
        CompletableFuture<ShardMap> fulfilled = new CompletableFuture<>();
        Runnable stop = onChange(map -> {
            if (condition.test(map)) {
                fulfilled.complete(map);
            }
        });
        fulfilled.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
        return fulfilled.whenComplete((_, _) -> stop.run());
    }

    private void survey() {
        if (closed) {
            return;
        }
        try {
            follow(directory.nodes());
        } catch (RuntimeException e) {
            // What is known stays known.
            log.atWarn().addKeyValue("reason", e.toString()).log("the directory of nodes did not answer");
        }
        try {
            links.values().forEach(NodeLink::giveUpWhenLost);
        } catch (RuntimeException e) {
            // Thrown on, it would end the surveys for good.
            log.error("a silent node could not be given up", e);
        }
        noteSurvey();
    }

    private void noteSurvey() {
        surveyed |= !links.isEmpty() && links.values().stream().allMatch(NodeLink::tried);
    }

    private void follow(Set<NodeAddress> known) {
        for (NodeAddress address : known) {
            if (!links.containsKey(address)) {
                NodeLink link =
                        new NodeLink(address, channels.open(address), credentials, settings, nanoTime, random, self);
                links.put(address, link);
                link.connect();
            }
        }
        links.entrySet().removeIf(entry -> {
            boolean gone = !known.contains(entry.getKey()) && !entry.getValue().connected();
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    private void rebuild() {
        rebuilding.set(false);
        List<NodeView> views = new ArrayList<>(links.size());
        for (NodeLink link : links.values()) {
            if (link.connected()) {
                addView(link, views);
            }
        }
        // A node that moved may for a moment be seen at both addresses: the one heard last speaks for it.
        views.sort(Comparator.comparing(view -> !view.node().silent()));
        ShardMap map = ShardMap.of(views);
        current = map;
        noteSurvey();
        listeners.forEach(listener -> tell(listener, map));
    }

    /** A node that speaks gibberish is left out; the others are seen all the same. */
    private static void addView(NodeLink link, List<NodeView> views) {
        try {
            views.add(link.view());
        } catch (RuntimeException e) {
            log.atError().setCause(e).addKeyValue("node", link).log("what the node tells cannot be read");
        }
    }

    private static void tell(Consumer<ShardMap> listener, ShardMap map) {
        try {
            listener.accept(map);
        } catch (RuntimeException e) {
            log.error("a listener to the shard map failed", e);
        }
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            log.debug("closed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        run(() -> {
            links.values().forEach(NodeLink::close);
            links.clear();
        });
        thread.shutdown();
    }

    private final class Self implements NodeLink.Keeper {
        @Override
        public void changed() {
            if (rebuilding.compareAndSet(false, true)) {
                run(ShardMapKeeper.this::rebuild);
            }
        }

        @Override
        public void later(Runnable task, long nanos) {
            try {
                var unused = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("closed", e);
            }
        }
    }
}
