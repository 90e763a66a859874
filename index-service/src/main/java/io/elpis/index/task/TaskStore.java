package io.elpis.index.task;

import com.google.errorprone.annotations.ThreadSafe;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The tasks' rows. */
@ThreadSafe
final class TaskStore {
    /** Serializes starts, so that the number of running tasks is counted right. */
    private static final long STARTS = 0x656c7074736bL;

    private static final String SELECT = "select number, action, description, owner, origin, runner, epoch, request,"
            + " progress, requests_per_second, cancelled, status, answer,"
            + " (extract(epoch from started_at) * 1000)::bigint as started_millis,"
            + " (extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at) * 1000000)::bigint as micros"
            + " from task";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final int maxRunning;
    private final int retained;

    TaskStore(JdbcClient jdbc, TransactionTemplate transactions, int maxRunning, int retained) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.maxRunning = maxRunning;
        this.retained = retained;
    }

    /** A task that is to be. */
    record Wanted(String action, String description, String owner, byte[] request, float requestsPerSecond) {}

    /**
     * Also forgets the oldest of the finished tasks where there are too many.
     *
     * @return its number
     * @throws ElpisException TOO_MANY_REQUESTS; TIMED_OUT when the database did not tell whether it has the task
     */
    long add(Wanted wanted, String instance) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            return guarded(() -> transactions.execute(_ -> {
                begun.set(true);
                return added(wanted, instance);
            }));
        } catch (ElpisException e) {
            if (e.code() == ErrorCode.SERVICE_UNAVAILABLE && begun.get()) {
                throw new ElpisException(
                        ErrorCode.TIMED_OUT,
                        "the tasks' database did not tell whether the task was started: _tasks lists it if it was",
                        Map.of(),
                        e);
            }
            throw e;
        }
    }

    private long added(Wanted wanted, String instance) {
        jdbc.sql("select pg_advisory_xact_lock(?)")
                .param(STARTS)
                .query((_, _) -> "")
                .single();
        long running = jdbc.sql("select count(*) from task where finished_at is null")
                .query(Long.class)
                .single();
        if (running >= maxRunning) {
            throw new ElpisException(
                    ErrorCode.TOO_MANY_REQUESTS,
                    "rejected execution of [" + wanted.action + "]: [" + running + "] tasks are running, the limit is ["
                            + maxRunning + "]");
        }
        jdbc.sql("delete from task where finished_at is not null and number not in"
                        + " (select number from task where finished_at is not null order by number desc limit ?)")
                .param(retained)
                .update();
        return jdbc.sql("insert into task (action, description, owner, origin, runner, request, progress,"
                        + " requests_per_second) values (?, ?, ?, ?, ?, ?, ?, ?) returning number")
                .params(
                        wanted.action,
                        wanted.description,
                        wanted.owner,
                        instance,
                        instance,
                        wanted.request,
                        new byte[0],
                        wanted.requestsPerSecond)
                .query(Long.class)
                .single();
    }

    /** By whoever holds the task's lock: from now on earlier holders can save nothing. Empty when it has ended. */
    Optional<TaskRow> take(long number, String instance) {
        return guarded(() -> {
            int taken = jdbc.sql(
                            "update task set epoch = epoch + 1, runner = ? where number = ? and finished_at is null")
                    .params(instance, number)
                    .update();
            return taken == 0 ? Optional.empty() : find(number);
        });
    }

    /** Empty when the epoch is over. */
    Optional<TaskControl> save(long number, long epoch, byte[] progress) {
        return guarded(
                () -> jdbc.sql("update task set progress = ? where number = ? and epoch = ? and finished_at is null"
                                + " returning cancelled, requests_per_second")
                        .params(progress, number, epoch)
                        .query((row, _) -> control(row))
                        .optional());
    }

    Optional<TaskControl> look(long number, long epoch) {
        return guarded(() -> jdbc.sql("select cancelled, requests_per_second from task"
                        + " where number = ? and epoch = ? and finished_at is null")
                .params(number, epoch)
                .query((row, _) -> control(row))
                .optional());
    }

    /** @return whether the epoch was not over */
    boolean finish(long number, long epoch, TaskAnswer answer) {
        return guarded(() -> jdbc.sql("update task set finished_at = clock_timestamp(), status = ?, answer = ?"
                                + " where number = ? and epoch = ? and finished_at is null")
                        .params(answer.failed() ? -answer.status() : answer.status(), answer.body(), number, epoch)
                        .update()
                == 1);
    }

    Optional<TaskRow> find(long number) {
        return guarded(() -> jdbc.sql(SELECT + " where number = ?")
                .param(number)
                .query((row, _) -> task(row))
                .optional());
    }

    List<TaskRow> running() {
        return guarded(() -> jdbc.sql(SELECT + " where finished_at is null order by number")
                .query((row, _) -> task(row))
                .list());
    }

    List<Long> runningNumbers() {
        return guarded(() -> jdbc.sql("select number from task where finished_at is null order by number")
                .query(Long.class)
                .list());
    }

    /** @return false when there is no such task that runs */
    boolean cancel(long number) {
        return guarded(() -> jdbc.sql("update task set cancelled = true where number = ? and finished_at is null")
                        .param(number)
                        .update()
                == 1);
    }

    /** @return false when there is no such task that runs */
    boolean rethrottle(long number, float requestsPerSecond) {
        return guarded(
                () -> jdbc.sql("update task set requests_per_second = ? where number = ? and finished_at is null")
                                .params(requestsPerSecond, number)
                                .update()
                        == 1);
    }

    private static TaskControl control(ResultSet row) throws SQLException {
        return new TaskControl(row.getBoolean("cancelled"), row.getFloat("requests_per_second"));
    }

    private static TaskRow task(ResultSet row) throws SQLException {
        byte[] answer = row.getBytes("answer");
        int status = row.getInt("status");
        return new TaskRow(
                row.getLong("number"),
                row.getString("action"),
                row.getString("description"),
                row.getString("owner"),
                row.getString("origin"),
                row.getString("runner"),
                row.getLong("epoch"),
                row.getBytes("request"),
                row.getBytes("progress"),
                row.getFloat("requests_per_second"),
                row.getBoolean("cancelled"),
                row.getLong("started_millis"),
                Duration.ofNanos(row.getLong("micros") * 1_000),
                answer == null ? null : new TaskAnswer(Math.abs(status), status < 0, answer));
    }

    private static <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException | TransactionException e) {
            throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "the tasks' database does not answer", Map.of(), e);
        }
    }
}
