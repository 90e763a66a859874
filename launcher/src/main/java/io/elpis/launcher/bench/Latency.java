package io.elpis.launcher.bench;

import org.HdrHistogram.Histogram;

/** How long answers took, in milliseconds to three digits. */
record Latency(long answers, double median, double p90, double p99, double max) {

    private static final double MICROS = 1e3;

    /** @param micros not empty */
    static Latency of(Histogram micros) {
        return new Latency(
                micros.getTotalCount(), at(micros, 50), at(micros, 90), at(micros, 99), micros.getMaxValue() / MICROS);
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS;
    }
}
