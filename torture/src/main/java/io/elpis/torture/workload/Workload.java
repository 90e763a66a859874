package io.elpis.torture.workload;

import io.elpis.torture.check.Verdict;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** One way to use the platform. Clients run {@link #step} side by side; the other methods have the workload alone. */
public interface Workload {

    /** Makes its index. */
    void prepare() throws InterruptedException;

    /**
     * Asks for one thing and records it.
     *
     * @param client from 0; no two threads use the same number
     */
    void step(int client, RandomGenerator random) throws InterruptedException, IOException;

    /** The index that it uses. */
    String index();

    /** Reads what is there in the end, after all clients, and compares. */
    Verdict judge() throws InterruptedException;
}
