package io.elpis.index.task;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TaskProperties.class)
class TaskConfiguration {
    private static final Logger log = LoggerFactory.getLogger(TaskConfiguration.class);

    @Bean(destroyMethod = "close")
    Tasks tasks(
            DataSource database,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            TaskWork work,
            TaskProperties properties,
            MeterRegistry meters,
            @Value("${elpis.instance}") String instance) {
        TaskStore store = new TaskStore(
                jdbc, new TransactionTemplate(transactions), properties.maxRunning(), properties.retained());
        Tasks tasks = new Tasks(store, new TaskLocks(database, properties.silence()), work, instance);
        meters.gauge("elpis.task.running", tasks, Tasks::runningHere);
        return tasks;
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService taskTicks(Tasks tasks, TaskProperties properties) {
        ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("task-ticks").daemon().factory());
        long millis = properties.look().toMillis();
        var unused = ticks.scheduleWithFixedDelay(() -> tick(tasks), millis, millis, TimeUnit.MILLISECONDS);
        return ticks;
    }

    /** A scheduled task that throws once is never run again. */
    private static void tick(Tasks tasks) {
        try {
            tasks.tick();
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("reason", e).log("tasks not looked at; the next look comes");
        }
    }

    @Bean
    TaskEndpoint taskEndpoint(Tasks tasks, TaskWork work, TaskProperties properties) {
        return new TaskEndpoint(tasks, new TaskJson(work), properties.answerWithin());
    }
}
