package io.elpis.query.audit;

import io.elpis.query.placement.NodeCopies;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
class AuditConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AuditConfiguration.class);
    private static final long TICK_MILLIS = 1_000;

    @Bean
    AuditMetrics auditMetrics(MeterRegistry registry) {
        return new AuditMetrics(registry);
    }

    /** One thread: checks come one after the other. In a record, for Spring looks for executors to use as its own. */
    record AuditThread(ScheduledExecutorService executor) implements AutoCloseable {
        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    @Bean
    AuditThread auditThread() {
        return new AuditThread(Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .name("audit")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory()));
    }

    @Bean
    CopyAuditor copyAuditor(NodeCopies copies, AuditProperties properties, AuditThread thread, AuditMetrics metrics) {
        CopyAuditor auditor = new CopyAuditor(copies::all, properties, thread.executor(), metrics);
        var unused = thread.executor()
                .scheduleWithFixedDelay(() -> tick(auditor), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return auditor;
    }

    /** A scheduled task that throws once is never run again. */
    private static void tick(CopyAuditor auditor) {
        try {
            auditor.tick(System.nanoTime());
        } catch (RuntimeException | Error failure) {
            LOG.atError().setCause(failure).log("no check begun; the next tick comes");
        }
    }

    @Bean
    CopyAuditService copyAuditService(NodeCopies copies, CopyAuditor auditor, AuditMetrics metrics) {
        return new CopyAuditService(copies::find, auditor, metrics);
    }
}
