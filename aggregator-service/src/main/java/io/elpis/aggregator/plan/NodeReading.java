package io.elpis.aggregator.plan;

/**
 * What is known of a node's speed when a copy is chosen.
 *
 * @param responseMicros moving average of its answers' time as seen from here
 * @param serviceMicros moving average of a search's time as the node itself saw it
 * @param queued moving average of the searches that waited there
 * @param outstanding calls from here that it has not answered yet
 */
public record NodeReading(double responseMicros, double serviceMicros, double queued, int outstanding) {
    static final NodeReading UNKNOWN = new NodeReading(0, 0, 0, 0);

    /**
     * How long an answer may take; the least is best. C3's rank: Suresh et al., "C3: Cutting Tail Latency in Cloud Data
     * Stores via Adaptive Replica Selection", NSDI 2015, with the weight of outstanding calls at 1 and the service time
     * never taken below a floor, so that queues count on nodes not measured yet.
     */
    double rank() {
        double service = Math.max(serviceMicros, 50);
        double queue = 1 + outstanding + queued;
        return Math.max(responseMicros - service, 0) + queue * queue * queue * service;
    }
}
