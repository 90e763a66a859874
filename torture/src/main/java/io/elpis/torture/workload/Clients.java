package io.elpis.torture.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many clients that take turns at all workloads until they are told to stop. */
public final class Clients implements AutoCloseable {

    /** What a client rests at most between two steps, in milliseconds: who dies needs some of the machine to start. */
    private static final int REST = 400;

    private final List<Workload> workloads;
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();

    public Clients(List<Workload> workloads) {
        this.workloads = List.copyOf(workloads);
    }

    public void start(int clients, long seed) {
        for (int client = 0; client < clients; client++) {
            int number = client;
            running.add(threads.submit(() -> {
                run(number, new Random(seed * 31 + number));
                return null;
            }));
        }
    }

    /** Lets every client end what it is at, and hands on what made one fail. */
    public void stop() throws InterruptedException {
        end.countDown();
        for (Future<?> client : running) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }

    private void run(int client, Random random) throws InterruptedException, IOException {
        do {
            workloads.get(random.nextInt(workloads.size())).step(client, random);
        } while (!end.await(random.nextInt(REST), TimeUnit.MILLISECONDS));
    }
}
