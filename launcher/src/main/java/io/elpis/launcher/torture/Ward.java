package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.service.Fleet;
import io.elpis.launcher.service.Instance;
import io.elpis.launcher.service.ServiceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The instances that are hurt at the moment. Each is healed when its time has come, while others are hurt; but never
 * are so many away that nothing could be acknowledged for a reason that was known before. Used by one thread.
 */
final class Ward implements AutoCloseable {

    /** Enough to have faults meet. */
    private static final int BEDS = 4;

    private final FaultInjector injector;
    private final Fleet fleet;
    private final ExecutorService nurses = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Instance, Fault> patients = new ConcurrentHashMap<>();
    private final Queue<Future<?>> healings = new ArrayDeque<>();

    Ward(FaultInjector injector, Fleet fleet) {
        this.injector = injector;
        this.fleet = fleet;
    }

    /** Whether the fault may happen now. */
    boolean admits(Fault fault) {
        if (patients.size() >= BEDS || patients.containsKey(fault.victim())) {
            return false;
        }
        ServiceKind kind = fault.victim().kind();
        long away = patients.values().stream()
                .filter(other -> other.takesAway() && other.victim().kind() == kind)
                .count();
        return !fault.takesAway() || away < mayBeAway(kind);
    }

    /** Heals it when its time has come. */
    void take(Fault fault) throws InterruptedException {
        patients.put(fault.victim(), fault);
        healings.add(nurses.submit(() -> {
            pause(fault.length());
            injector.heal(fault);
            patients.remove(fault.victim());
            return null;
        }));
        while (!healings.isEmpty() && healings.element().isDone()) {
            await(healings.remove());
        }
    }

    /** Starts what ended though nobody hurt it. */
    List<Instance> pickUpDead() throws IOException {
        List<Instance> dead = new ArrayList<>();
        for (Instance instance : fleet.instances()) {
            if (!patients.containsKey(instance) && !injector.cared(instance)) {
                dead.add(instance);
                healings.add(nurses.submit(() -> {
                    injector.restart(instance);
                    return null;
                }));
            }
        }
        return dead;
    }

    void awaitAll() throws InterruptedException {
        while (!healings.isEmpty()) {
            await(healings.remove());
        }
    }

    @Override
    public void close() {
        nurses.shutdownNow();
        nurses.close();
    }

    /** One node, as two may hold all copies of a shard; fewer than half of the brokers; never all of a kind. */
    private long mayBeAway(ServiceKind kind) {
        int all = fleet.of(kind).size();
        return switch (kind) {
            case KAFKA -> Math.max(1, (all - 1) / 2);
            case QUERY, DISCOVERY, POSTGRES, AUTH, AGGREGATOR, GATEWAY -> 1;
            case INDEX -> Math.max(1, all - 1);
        };
    }

    private static void await(Future<?> healing) throws InterruptedException {
        try {
            healing.get();
        } catch (ExecutionException e) {
            throw new CommandFailure("a process could not be healed: " + e.getCause());
        }
    }

    private static void pause(Duration length) throws InterruptedException {
        var _ = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
