package io.elpis.launcher.bench;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Clients that search at the same time, each as soon as it has its answer. They share one order of searches, which goes
 * on from one run to the next, and a client keeps its session.
 */
public final class Bench {

    private final List<BenchSearch> searches;
    private final List<SearchClient> clients;
    private final LongSupplier nanoClock;
    private final AtomicLong taken = new AtomicLong();

    /** @param searches at least one */
    public Bench(
            GatewayClient gateway, String index, Consistency consistency, List<BenchSearch> searches, int clients) {
        this(gateway, index, consistency, searches, clients, System::nanoTime);
    }

    Bench(
            GatewayClient gateway,
            String index,
            Consistency consistency,
            List<BenchSearch> searches,
            int clients,
            LongSupplier nanoClock) {
        this.searches = List.copyOf(searches);
        this.clients = Stream.generate(() -> new SearchClient(gateway, index, consistency))
                .limit(clients)
                .toList();
        this.nanoClock = nanoClock;
    }

    /** Begins searches for so long, and returns when the last of them has its answer: each one counts. */
    public Account run(Duration duration) throws InterruptedException {
        var tally = new Tally();
        long begin = nanoClock.getAsLong();
        try (var threads = Executors.newFixedThreadPool(clients.size())) {
            var running = new ArrayList<Future<?>>();
            for (SearchClient client : clients) {
                running.add(threads.submit(() -> {
                    search(client, begin, duration.toNanos(), tally);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new CommandFailure("a client ended: " + e.getCause());
        }
        return tally.account();
    }

    private void search(SearchClient client, long begin, long nanos, Tally tally) throws InterruptedException {
        for (long now = nanoClock.getAsLong(); now - begin < nanos; now = nanoClock.getAsLong()) {
            BenchSearch search = searches.get((int) (taken.getAndIncrement() % searches.size()));
            Outcome outcome = client.ask(search);
            tally.add(search, outcome, nanoClock.getAsLong() - now);
        }
    }
}
