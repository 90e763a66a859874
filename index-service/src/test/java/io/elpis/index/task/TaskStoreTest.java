package io.elpis.index.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.CatalogDatabase;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class TaskStoreTest {
    private final TaskStore store = store(3, 2);

    static TaskStore store(int maxRunning, int retained) {
        return new TaskStore(
                CatalogDatabase.jdbc(),
                new TransactionTemplate(new JdbcTransactionManager(CatalogDatabase.dataSource())),
                maxRunning,
                retained);
    }

    @BeforeEach
    void empty() {
        CatalogDatabase.jdbc().sql("truncate task").update();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private long add() {
        return store.add(new TaskStore.Wanted("some/action", "what it does", "ann", bytes("request"), -1), "index-1");
    }

    @Test
    void whatWasStoredIsReadBack() {
        long number = add();
        TaskRow row = store.find(number).orElseThrow();
        assertThat(row.name()).isEqualTo("index-1:" + number);
        assertThat(row.request()).isEqualTo(bytes("request"));
        assertThat(row.progress()).isEmpty();
        assertThat(row.owner()).isEqualTo("ann");
        assertThat(row.finished()).isFalse();
        assertThat(row.requestsPerSecond()).isEqualTo(-1);
        assertThat(row.runningTime()).isPositive();
        assertThat(store.runningNumbers()).containsExactly(number);
    }

    @Test
    void whoeverTakesATaskFencesThoseBefore() {
        long number = add();
        TaskRow first = store.take(number, "index-1").orElseThrow();
        assertThat(store.save(number, first.epoch(), bytes("one"))).isPresent();
        TaskRow second = store.take(number, "index-2").orElseThrow();
        assertThat(second.progress()).isEqualTo(bytes("one"));
        assertThat(second.runner()).isEqualTo("index-2");
        assertThat(second.name()).isEqualTo(first.name());
        assertThat(store.save(number, first.epoch(), bytes("late"))).isEmpty();
        assertThat(store.look(number, first.epoch())).isEmpty();
        assertThat(store.finish(number, first.epoch(), new TaskAnswer(200, false, bytes("{}"))))
                .isFalse();
        assertThat(store.save(number, second.epoch(), bytes("two"))).isPresent();
        assertThat(store.find(number).orElseThrow().progress()).isEqualTo(bytes("two"));
    }

    @Test
    void savingTellsWhatCallersWant() {
        long number = add();
        long epoch = store.take(number, "index-1").orElseThrow().epoch();
        assertThat(store.save(number, epoch, bytes("one"))).contains(new TaskControl(false, -1));
        assertThat(store.rethrottle(number, 2.5f)).isTrue();
        assertThat(store.cancel(number)).isTrue();
        assertThat(store.save(number, epoch, bytes("two"))).contains(new TaskControl(true, 2.5f));
    }

    @Test
    void aFinishedTaskIsKeptAndNotTouchedAgain() {
        long number = add();
        long epoch = store.take(number, "index-1").orElseThrow().epoch();
        assertThat(store.finish(number, epoch, new TaskAnswer(409, true, bytes("{\"a\":1}"))))
                .isTrue();
        TaskAnswer answer =
                Objects.requireNonNull(store.find(number).orElseThrow().answer());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.failed()).isTrue();
        assertThat(answer.body()).isEqualTo(bytes("{\"a\":1}"));
        assertThat(store.cancel(number)).isFalse();
        assertThat(store.rethrottle(number, 1)).isFalse();
        assertThat(store.take(number, "index-2")).isEmpty();
        assertThat(store.save(number, epoch, bytes("late"))).isEmpty();
        assertThat(store.running()).isEmpty();
    }

    @Test
    void noMoreThanSoManyRun() {
        List<Long> numbers = List.of(add(), add(), add());
        assertThatThrownBy(this::add)
                .isInstanceOfSatisfying(
                        ElpisException.class, full -> assertThat(full.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
        long epoch = store.take(numbers.getFirst(), "index-1").orElseThrow().epoch();
        store.finish(numbers.getFirst(), epoch, new TaskAnswer(200, false, bytes("{}")));
        assertThat(add()).isGreaterThan(numbers.getLast());
    }

    @Test
    void onlyTheNewestFinishedTasksAreKept() {
        long oldest = add();
        for (long number : List.of(oldest, add(), add())) {
            long epoch = store.take(number, "index-1").orElseThrow().epoch();
            store.finish(number, epoch, new TaskAnswer(200, false, bytes("{}")));
        }
        assertThat(store.find(oldest)).isPresent();
        long newest = add();
        assertThat(store.find(oldest)).isEmpty();
        assertThat(store.find(oldest + 1)).isPresent();
        assertThat(store.find(newest)).isPresent();
    }
}
