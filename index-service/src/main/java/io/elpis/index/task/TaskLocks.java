package io.elpis.index.task;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that this instance runs, told to the database by advisory locks of one session. The session ends with the
 * instance's process, and by the database's own timer when the instance or its machine falls silent; all locks end with
 * it, and after the next {@link #beat} nothing is held.
 */
@ThreadSafe
final class TaskLocks implements AutoCloseable {
    /** Class of the locks, apart from the catalog's. */
    private static final int CLASS = 0x656c7074;

    private final DataSource database;
    private final Duration silence;

    @GuardedBy("this")
    private @Nullable Connection session;

    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    /** @param silence after so long without a beat the database ends the session */
    TaskLocks(DataSource database, Duration silence) {
        this.database = database;
        this.silence = silence;
    }

    /** @return false when another instance holds it, or this one already */
    synchronized boolean tryLock(long number) throws SQLException {
        if (held.contains(number)) {
            return false;
        }
        boolean got = ask("select pg_try_advisory_lock(?, ?)", number);
        if (got) {
            held.add(number);
        }
        return got;
    }

    synchronized void unlock(long number) throws SQLException {
        if (held.remove(number)) {
            ask("select pg_advisory_unlock(?, ?)", number);
        }
    }

    /** As last heard: a lock may be gone already. Does not wait for the database. */
    boolean holds(long number) {
        return held.contains(number);
    }

    /** To be called some times within the silence. */
    synchronized void beat() {
        if (session == null) {
            return;
        }
        try (Statement statement = open().createStatement()) {
            statement.execute("select 1");
        } catch (SQLException gone) {
            drop();
        }
    }

    @GuardedBy("this")
    private boolean ask(String sql, long number) throws SQLException {
        try (PreparedStatement statement = open().prepareStatement(sql)) {
            statement.setInt(1, CLASS);
            statement.setInt(2, (int) number);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        } catch (SQLException failed) {
            drop();
            throw failed;
        }
    }

    @GuardedBy("this")
    private Connection open() throws SQLException {
        Connection known = session;
        if (known != null) {
            return known;
        }
        Connection opened = database.getConnection();
        try (Statement statement = opened.createStatement()) {
            long millis = silence.toMillis();
            long seconds = Math.max(1, silence.toSeconds() / 3);
            statement.execute("set idle_session_timeout = " + millis + "; set tcp_keepalives_idle = " + seconds
                    + "; set tcp_keepalives_interval = " + seconds + "; set tcp_keepalives_count = 2");
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        session = opened;
        return opened;
    }

    /** The locks go with the session; what is left of it must not be given to anybody else. */
    @GuardedBy("this")
    private void drop() {
        Connection gone = session;
        session = null;
        held.clear();
        if (gone != null) {
            try (gone;
                    Statement statement = gone.createStatement()) {
                statement.execute("select pg_advisory_unlock_all(); reset idle_session_timeout;"
                        + " reset tcp_keepalives_idle; reset tcp_keepalives_interval; reset tcp_keepalives_count");
            } catch (SQLException broken) {
                // Then the pool throws it away.
            }
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
