package io.elpis.launcher.bench;

import io.elpis.launcher.cpu.CpuUse;

/**
 * One measured run.
 *
 * @param seconds from the first search to the last answer
 * @param cpu of the platform meanwhile
 */
public record BenchRun(
        String index, int clients, Consistency consistency, double seconds, Account account, CpuUse cpu) {

    double perSecond() {
        return account.answered() / seconds;
    }

    /** Of what so many CPU-seconds are for each search that was answered, of which there is one. */
    double cpuMillis(double cpuSeconds) {
        return cpuSeconds * 1e3 / account.answered();
    }

    double bytesPerAnswer() {
        return (double) account.bytes() / account.answered();
    }
}
