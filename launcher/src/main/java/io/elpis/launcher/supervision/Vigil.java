package io.elpis.launcher.supervision;

import io.elpis.launcher.service.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Stays with a platform: a signal to this process, or the end of this process, stops all of it. */
public final class Vigil {

    private final Thread hook;
    private boolean set;
    private volatile boolean stopping;

    /** @param gate of a start that may be under way when the signal comes */
    public Vigil(PlatformStop stop, StartGate gate) {
        this.hook = new Thread(
                () -> {
                    stopping = true;
                    gate.close();
                    try {
                        stop.stopAll();
                    } catch (IOException e) {
                        System.err.println("elpis: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop");
    }

    public void stopOnSignal() {
        if (!set) {
            Runtime.getRuntime().addShutdownHook(hook);
            set = true;
        }
    }

    /** From now on the platform outlives this process. */
    public void release() {
        if (set) {
            Runtime.getRuntime().removeShutdownHook(hook);
            set = false;
        }
    }

    private void tellEnd(Instance instance, Consumer<String> report) {
        if (!stopping) {
            report.accept(instance + " ended; ./elpis start " + instance + " starts it again");
        }
    }

    /** Tells of processes that end by themselves; returns when none runs any more. */
    public void watch(Platform platform, Consumer<String> report) throws IOException, InterruptedException {
        var running = new ArrayList<CompletableFuture<?>>();
        for (Instance instance : platform.fleet().instances()) {
            platform.records()
                    .running(instance.name())
                    .ifPresent(process -> running.add(process.onExit().thenRun(() -> tellEnd(instance, report))));
        }
        var ended = new CountDownLatch(1);
        var _ = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                .thenRun(ended::countDown);
        ended.await();
    }
}
