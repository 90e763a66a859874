package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.service.Instance;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Heals in the background, one after another, so that a slow start does not keep the next fault from happening. Used by
 * one thread.
 */
final class Hospital implements AutoCloseable {

    /** Enough to have faults meet, few enough to leave somebody who serves. */
    private static final int BEDS = 2;

    private final FaultInjector injector;
    private final ExecutorService doctor = Executors.newSingleThreadExecutor();
    private final Map<Instance, Boolean> patients = new ConcurrentHashMap<>();
    private final Queue<Future<?>> healings = new ArrayDeque<>();

    Hospital(FaultInjector injector) {
        this.injector = injector;
    }

    boolean holds(Instance instance) {
        return patients.containsKey(instance);
    }

    /** Returns at once while there is a free bed. */
    void take(Fault fault) throws InterruptedException {
        while (healings.size() >= BEDS) {
            await(healings.remove());
        }
        patients.put(fault.victim(), true);
        healings.add(doctor.submit(() -> {
            injector.heal(fault);
            patients.remove(fault.victim());
            return null;
        }));
        for (Iterator<Future<?>> all = healings.iterator(); all.hasNext(); ) {
            Future<?> healing = all.next();
            if (healing.isDone()) {
                await(healing);
                all.remove();
            }
        }
    }

    void awaitAll() throws InterruptedException {
        while (!healings.isEmpty()) {
            await(healings.remove());
        }
    }

    @Override
    public void close() {
        doctor.shutdownNow();
        doctor.close();
    }

    private static void await(Future<?> healing) throws InterruptedException {
        try {
            healing.get();
        } catch (ExecutionException e) {
            throw new CommandFailure("a process could not be healed: " + e.getCause());
        }
    }
}
