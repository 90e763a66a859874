package io.elpis.index.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.elpis.index.catalog.CatalogDatabase;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonGenerator;

/** Two instances on one database. */
final class TasksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TaskStore store = TaskStoreTest.store(10, 10);
    private final Counting work = new Counting();
    private final TaskLocks firstLocks = new TaskLocks(CatalogDatabase.dataSource(), Duration.ofMinutes(1));
    private final TaskLocks secondLocks = new TaskLocks(CatalogDatabase.dataSource(), Duration.ofMinutes(1));
    private final Tasks first = new Tasks(store, firstLocks, work, "index-1");
    private final Tasks second = new Tasks(store, secondLocks, work, "index-2");

    /** Counts to five, one step for each permission. */
    private static final class Counting implements TaskWork {
        final List<String> steps = new CopyOnWriteArrayList<>();
        final CountDownLatch beyondTwo = new CountDownLatch(1);

        @Override
        public TaskAnswer run(Handle task) throws InterruptedException {
            byte[] saved = task.row().progress();
            int at = saved.length == 0 ? 0 : Integer.parseInt(new String(saved, StandardCharsets.UTF_8));
            while (at < 5) {
                if (at == 2 && !beyondTwo.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody let it go on");
                }
                at++;
                task.save(TaskStoreTest.bytes(Integer.toString(at)));
                steps.add(task.row().runner() + " " + at);
            }
            if (task.row().description().equals("fails")) {
                throw new ElpisException(ErrorCode.QUERY_SHARD, "no such thing");
            }
            return new TaskAnswer(200, false, TaskStoreTest.bytes("{\"counted\":5}"));
        }

        @Override
        public void status(JsonGenerator out, TaskRow row) {
            out.writeNumberProperty("bytes", row.progress().length);
        }
    }

    @BeforeEach
    void empty() {
        CatalogDatabase.jdbc().sql("truncate task").update();
    }

    @AfterEach
    void close() {
        work.beyondTwo.countDown();
        first.close();
        second.close();
    }

    private long start(String description) {
        return first.start("some/action", description, "ann", new byte[0], -1).number();
    }

    private static String body(TaskRow ended) {
        return new String(Objects.requireNonNull(ended.answer()).body(), StandardCharsets.UTF_8);
    }

    private void awaitSteps(int number) {
        await().atMost(PATIENCE).until(() -> work.steps.size() == number);
    }

    @Test
    void aTaskRunsToItsEnd() throws Exception {
        work.beyondTwo.countDown();
        TaskRow ended = first.await(start("counts"), PATIENCE);
        assertThat(body(ended)).isEqualTo("{\"counted\":5}");
        assertThat(ended.runner()).isEqualTo("index-1");
    }

    @Test
    void aTaskThatFailsEndsWithItsError() throws Exception {
        work.beyondTwo.countDown();
        TaskRow ended = first.await(start("fails"), PATIENCE);
        TaskAnswer answer = Objects.requireNonNull(ended.answer());
        assertThat(answer.failed()).isTrue();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(body(ended)).contains("no such thing");
    }

    private static final class BreakableSource extends DelegatingDataSource {
        volatile boolean broken;

        BreakableSource() {
            super(CatalogDatabase.dataSource());
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (broken) {
                throw new SQLException("the database is away");
            }
            return super.getConnection();
        }
    }

    @Test
    void aTaskThatWasStartedIsNoFailureWhileTheDatabaseIsAway() throws Exception {
        BreakableSource source = new BreakableSource();
        TaskStore breakable = new TaskStore(
                JdbcClient.create(source), new TransactionTemplate(new JdbcTransactionManager(source)), 10, 10);
        Tasks tasks = new Tasks(breakable, firstLocks, work, "index-1");
        Tasks.Started started = tasks.start("some/action", "counts", "ann", new byte[0], -1);
        awaitSteps(2);

        source.broken = true;
        assertThat(tasks.await(started, Duration.ofMillis(300))).isEmpty();
        assertThatThrownBy(() -> tasks.start("some/action", "counts", "ann", new byte[0], -1))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        source.broken = false;
        work.beyondTwo.countDown();
        assertThat(tasks.await(started, PATIENCE).orElseThrow().finished()).isTrue();
        assertThat(store.find(started.number()).orElseThrow().name()).isEqualTo(started.name());
        tasks.close();
    }

    @Test
    void whileItsInstanceLivesNobodyElseTakesATask() throws Exception {
        long number = start("counts");
        awaitSteps(2);
        second.tick();
        assertThat(second.runningHere()).isZero();
        work.beyondTwo.countDown();
        assertThat(second.await(number, PATIENCE).runner()).isEqualTo("index-1");
    }

    @Test
    void anInstanceThatEndsLeavesItsTasksToOthers() throws Exception {
        long number = start("counts");
        awaitSteps(2);
        Thread closing = Thread.ofPlatform().start(first::close);
        // It waits for what runs, and nothing new is begun.
        await().atMost(PATIENCE).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        work.beyondTwo.countDown();
        await().atMost(PATIENCE).until(() -> {
            second.tick();
            return second.find(number).orElseThrow().finished();
        });
        assertThat(work.steps).containsExactly("index-1 1", "index-1 2", "index-2 3", "index-2 4", "index-2 5");
    }

    @Test
    void theDatabaseTakesTheTasksOfAnInstanceThatFellSilent() {
        TaskLocks locks = new TaskLocks(CatalogDatabase.dataSource(), Duration.ofSeconds(1));
        Tasks silent = new Tasks(store, locks, work, "index-1");
        long number =
                silent.start("some/action", "counts", "ann", new byte[0], -1).number();
        awaitSteps(2);
        // It says nothing for longer than its silence: no beat, while it still believes in its lock.
        await().atMost(PATIENCE).until(() -> {
            second.tick();
            return second.runningHere() == 1;
        });
        assertThat(locks.holds(number)).isTrue();
        work.beyondTwo.countDown();
        await().atMost(PATIENCE).until(() -> second.find(number).orElseThrow().finished() && silent.runningHere() == 0);
        assertThat(work.steps).containsExactly("index-1 1", "index-1 2", "index-2 3", "index-2 4", "index-2 5");
    }

    @Test
    void aBrokenSessionIsNoticedAndTheTaskTakenAgain() {
        long number = start("counts");
        awaitSteps(2);
        CatalogDatabase.jdbc()
                .sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = ?")
                .param(number)
                .query((_, _) -> "")
                .list();
        first.tick();
        assertThat(firstLocks.holds(number)).isFalse();
        work.beyondTwo.countDown();
        await().atMost(PATIENCE).until(() -> {
            first.tick();
            return first.find(number).orElseThrow().finished();
        });
        assertThat(first.find(number).orElseThrow().epoch()).isEqualTo(2);
        assertThat(work.steps).containsExactly("index-1 1", "index-1 2", "index-1 3", "index-1 4", "index-1 5");
    }
}
