package io.elpis.gateway.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final URI ONE = URI.create("http://127.0.0.1:1001");
    private static final URI TWO = URI.create("http://127.0.0.1:1002");

    private final AtomicLong now = new AtomicLong();
    private List<URI> registered = List.of(ONE, TWO);
    private int questions;
    private final Backends backends = new Backends(
            service -> {
                questions++;
                return registered;
            },
            new GatewayProperties(Duration.ofSeconds(60), Duration.ofSeconds(1), 3, 4, Duration.ofSeconds(60)),
            now::get);

    private Backend begun(Backend... tried) {
        return requireNonNull(backends.begin(BackendService.INDEX, Set.of(tried)));
    }

    @Test
    void busyInstanceIsNotChosen() {
        Backend first = begun();
        Backend second = begun();

        assertThat(second.base()).isNotEqualTo(first.base());
        first.answered(1);
        assertThat(begun()).isSameAs(first);
    }

    @Test
    void idleInstancesTakeTurns() {
        Backend first = begun();
        first.answered(1);
        Backend second = begun();
        second.answered(1);

        assertThat(second).isNotSameAs(first);
    }

    @Test
    void triedInstanceIsNotProposedAgain() {
        Backend first = begun();
        Backend second = begun(first);

        assertThat(backends.begin(BackendService.INDEX, Set.of(first, second))).isNull();
    }

    @Test
    void failingInstanceIsLeftAloneWhileItsCircuitIsOpen() {
        registered = List.of(ONE);
        for (int i = 0; i < 4; i++) {
            Backend backend = backends.begin(BackendService.INDEX, Set.of());
            if (backend != null) {
                backend.failed(1, new IOException("reset"));
            }
        }
        assertThat(backends.begin(BackendService.INDEX, Set.of())).isNull();
        registered = List.of(ONE, TWO);
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(begun().base()).isEqualTo(TWO);
    }

    @Test
    void registryIsAskedOncePerSecondAndKeptInstancesKeepTheirState() {
        Backend first = begun();
        first.answered(1);
        begun().answered(1);
        assertThat(questions).isEqualTo(1);
        registered = List.of(first.base());
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(begun()).isSameAs(first);
        assertThat(questions).isEqualTo(2);
    }

    /** Instances made twice would each have a circuit and a count. */
    @Test
    void whoeverWaitedForTheRegistryGetsTheSameInstances() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Backends slow = new Backends(
                service -> {
                    questions++;
                    asked.countDown();
                    try {
                        answered.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of(ONE);
                },
                new GatewayProperties(Duration.ofSeconds(60), Duration.ofSeconds(1), 3, 4, Duration.ofSeconds(60)),
                now::get);
        Set<Backend> seen = ConcurrentHashMap.newKeySet();
        Runnable request = () -> seen.add(requireNonNull(slow.begin(BackendService.INDEX, Set.of())));
        Thread first = Thread.ofPlatform().start(request);
        asked.await(10, TimeUnit.SECONDS);
        Thread second = Thread.ofPlatform().start(request);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (second.getState() != Thread.State.BLOCKED && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        answered.countDown();
        first.join();
        second.join();

        assertThat(seen).hasSize(1);
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void pathAndQueryPassUnchanged() {
        Backend backend = begun();

        assertThat(backend.at(URI.create("http://public:8080/wiki/_doc/a%2Fb?routing=x%26y&pretty"))
                        .toString())
                .isEqualTo(backend.base() + "/wiki/_doc/a%2Fb?routing=x%26y&pretty");
    }

    @Test
    void retriesAreASmallPartOfAllRequests() {
        RetryBudget budget = new RetryBudget();
        int retries = 0;
        for (int i = 0; i < 1000; i++) {
            budget.earn();
            if (budget.spend()) {
                retries++;
            }
        }
        assertThat(retries).isBetween(100, 121);
    }
}
