package io.elpis.query.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param consumers Kafka consumers that all copies share
 * @param appliers threads that apply records; 0: one a processor
 * @param searchThreads 0: one a processor
 * @param searchQueue searches that may wait; more are refused
 * @param ramBuffer documents a copy holds in memory before it writes a segment
 * @param inbox entries a copy reads ahead
 * @param servingLag records a copy may be behind when it begins to serve
 * @param commitInterval longest time between commits of a copy that changes
 * @param commitSize log applied between commits of a copy
 * @param idleAfter without a search for so long a copy is not refreshed until the next
 * @param heartbeat time between two messages about this node's state
 * @param leases searches whose content may wait to be fetched
 * @param leaseLife how long it may wait
 * @param scans points in time that may be open at one time for whoever reads many documents
 * @param scanLife how long one stays open without being asked
 * @param answerLimit bytes of hits in one answer; a request for more is refused
 */
@ConfigurationProperties("elpis.query")
public record QueryProperties(
        @DefaultValue("1") int consumers,
        @DefaultValue("0") int appliers,
        @DefaultValue("0") int searchThreads,
        @DefaultValue("1000") int searchQueue,
        @DefaultValue("32MB") DataSize ramBuffer,
        @DefaultValue("4MB") DataSize inbox,
        @DefaultValue("1000") long servingLag,
        @DefaultValue("30s") Duration commitInterval,
        @DefaultValue("64MB") DataSize commitSize,
        @DefaultValue("30s") Duration idleAfter,
        @DefaultValue("200ms") Duration heartbeat,
        @DefaultValue("5000") int leases,
        @DefaultValue("30s") Duration leaseLife,
        @DefaultValue("100") int scans,
        @DefaultValue("2m") Duration scanLife,
        @DefaultValue("32MB") DataSize answerLimit) {

    public QueryProperties {
        if (consumers < 1 || appliers < 0 || searchThreads < 0 || searchQueue < 1 || leases < 1 || scans < 1) {
            throw new IllegalArgumentException("counts under elpis.query must be positive");
        }
        if (answerLimit.toBytes() < 1) {
            throw new IllegalArgumentException("elpis.query.answer-limit must be positive");
        }
        if (!commitInterval.isPositive()
                || !heartbeat.isPositive()
                || !leaseLife.isPositive()
                || !scanLife.isPositive()) {
            throw new IllegalArgumentException("durations under elpis.query must be positive");
        }
    }

    int applierThreads() {
        return appliers > 0 ? appliers : Runtime.getRuntime().availableProcessors();
    }

    int searchThreadCount() {
        return searchThreads > 0 ? searchThreads : Runtime.getRuntime().availableProcessors();
    }
}
